import { BadInputError } from '../../release';
import { isMap, mergeMaps, messageOf, Values } from '../../vocabulary';
import { UsageError } from '../usage-error';
import { readJson } from './json-prefix';
import { JSON_VALUES, LITERAL, Notation, TEXTS, TYPED, files } from './notations';
import { SetError } from './set-error';
import { setInto } from './set-into';
import { readValues } from './values-file';

/** Flags that give a chart its values, each in the order in which it was given. */
export interface ValueFlags {
  readonly values?: readonly string[];
  readonly setJson?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly setFile?: readonly string[];
  readonly setLiteral?: readonly string[];
}

/** Reads a file, or standard input for `-`. */
export type ReadText = (path: string) => string;

/** Whether any of the flags was given. */
export function hasValues(flags: ValueFlags): boolean {
  return [flags.values, flags.setJson, flags.set, flags.setString, flags.setFile, flags.setLiteral].some((texts = []) => texts.length > 0);
}

function unreadable(flag: string, path: string, cause: unknown): BadInputError {
  const remedy = /^[a-z][a-z0-9+.-]*:\/\//i.test(path) ? 'Files are not fetched from elsewhere: download it first.' : 'Name a file that exists, or - for standard input.';
  return new BadInputError([{ message: `cannot read ${path} of ${flag}: ${messageOf(cause)}`, remedy }], cause);
}

function reading(read: ReadText, flag: string): ReadText {
  return (path) => {
    try {
      return read(path.trim() === '-' ? '-' : path);
    } catch (cause) {
      if (cause instanceof BadInputError) throw cause;
      throw unreadable(flag, path, cause);
    }
  };
}

/** Calls with each text of a flag; what cannot be read is told by the flag and its place among its like, never by the text. */
function forEach(flag: string, texts: readonly string[] = [], use: (text: string) => void): void {
  texts.forEach((text, index) => {
    try {
      use(text);
    } catch (error) {
      if (!(error instanceof SetError)) throw error;
      const which = texts.length === 1 ? flag : `${flag} number ${index + 1}`;
      throw new UsageError(`${which} cannot be read: ${error.message}`);
    }
  });
}

/** A whole map as JSON, which Helm 4 takes in place of `name=json`, or that. */
function setMapOrJson(values: Values, text: string): Values {
  if (!text.trim().startsWith('{')) {
    setInto(values, text, JSON_VALUES);
    return values;
  }
  const map = readJson(text);
  return isMap(map) ? mergeMaps(values, map) : values;
}

/**
 * What the user says of the values: files first, then each kind of `--set` after the other, whatever their order on the command line (pkg/cli/values, MergeValues).
 *
 * A null stays: it deletes what the chart has there.
 *
 * @throws UsageError, or BadInputError for files
 */
export function userValues(flags: ValueFlags, read: ReadText): Values {
  let merged: Values = {};
  const readFile = reading(read, '-f');
  for (const path of flags.values ?? []) merged = mergeMaps(merged, readValues(path, readFile(path)));
  forEach('--set-json', flags.setJson, (text) => (merged = setMapOrJson(merged, text)));
  const kinds: readonly (readonly [string, readonly string[] | undefined, Notation])[] = [
    ['--set', flags.set, TYPED],
    ['--set-string', flags.setString, TEXTS],
    ['--set-file', flags.setFile, files(reading(read, '--set-file'))],
    ['--set-literal', flags.setLiteral, LITERAL],
  ];
  for (const [flag, texts, notation] of kinds) forEach(flag, texts, (text) => setInto(merged, text, notation));
  return merged;
}
