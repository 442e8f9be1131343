import { RevisionHead } from '../lifecycle';
import { BadInputError } from '../release';
import { Values, mergeMaps } from '../vocabulary';
import { AppOutput, synthesize } from './app';
import { ManifestInput, readManifestFiles, textOf } from './manifest-files';
import { shellWords } from './shell-words';
import { UsageError } from './usage-error';
import { NextValues, Reuse, nextValues } from './values/reuse';
import { checkValues } from './values/schema';
import { ValueFlags, hasValues, userValues } from './values/user-values';

/** Flags that say where manifests come from, and with which values they are made. */
export interface InputFlags extends ValueFlags {
  readonly app?: string;
  readonly resetValues?: boolean;
  readonly reuseValues?: boolean;
  readonly resetThenReuseValues?: boolean;
}

/** Where manifests come from: they are there, or a program makes them for each revision. */
export type Input = ({ readonly kind: 'manifests' } & ManifestInput) | AppInput;

/** A program that makes the manifests of each revision. */
export interface AppInput {
  readonly kind: 'app';
  readonly command: string;
  /** What the user says of the values now; nothing where no flag was given. */
  readonly values?: Values;
  readonly reuse: Reuse;
}

/** An app's manifests, and the values that were used for them. */
export interface Rendered {
  readonly output: AppOutput;
  readonly next: NextValues;
}

/** What the user said of the revision before counts as far as the flags say; of two that exclude each other the first does, as in Helm. */
function reuseOf({ resetValues, reuseValues, resetThenReuseValues }: InputFlags): Reuse {
  return resetValues ? 'reset' : reuseValues ? 'reuse' : resetThenReuseValues ? 'reset-then-reuse' : 'auto';
}

/** The manifests that the arguments name, or the program that makes them. No program is run for it, and no server is asked. */
export function readInput(paths: readonly string[], flags: InputFlags): Input {
  const { app } = flags;
  if (app !== undefined && paths.length > 0) throw new UsageError('--app and manifests exclude each other: name one of them');
  if (app !== undefined) {
    shellWords(app); // a quote that is not closed is told before anything else
    const values = hasValues(flags) ? userValues(flags, textOf) : undefined;
    return { kind: 'app', command: app, ...(values ? { values } : {}), reuse: reuseOf(flags) };
  }
  if (paths.length === 0) throw new UsageError('no manifests: name files or folders, - for standard input, or --app COMMAND');
  if (hasValues(flags)) throw new UsageError('-f and --set give values to the program of --app; manifests are taken as they are');
  return { kind: 'manifests', ...readManifestFiles(paths) };
}

/** Runs the app for a revision, and holds its values against its schema before anybody reads a manifest. */
export async function renderApp(input: AppInput, head: RevisionHead, interrupt?: AbortSignal): Promise<Rendered> {
  const { command, values, reuse } = input;
  const { release, namespace, revision, isInstall, base } = head;
  const next = nextValues(values ?? {}, base, reuse);
  const told = mergeMaps(next.defaults ?? {}, next.values);
  const output = await synthesize(command, { name: release, namespace, revision, isInstall, values: told }, interrupt);
  if (output.values?.schema !== undefined) checkValues(output.values.all, output.values.schema, output.chart?.name ?? release);
  if (output.values || values === undefined) return { output, next };
  throw new BadInputError([{
    message: 'the program of --app takes no values',
    remedy: 'Leave out -f and --set, or make its App a HelmChartApp, whose values they are.',
  }]);
}
