import { UsageError } from './usage-error';

/** One part of a word: in single quotes, in double quotes, an escaped character, or plain text. */
const PART = /'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)/y;

/** Splits a command into words as a POSIX shell does, and does nothing else of what a shell does: no variables, no globs, no pipes. */
export function shellWords(command: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let position = 0;
  while (position < command.length) {
    const space = /\s+/y;
    space.lastIndex = position;
    if (space.test(command)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      position = space.lastIndex;
      continue;
    }
    PART.lastIndex = position;
    const match = PART.exec(command);
    if (!match) throw new UsageError(`the command ${JSON.stringify(command)} has a quote that is not closed, or ends in a backslash`);
    const [, single, double, escaped, plain] = match;
    position = PART.lastIndex;
    if (escaped === '\n') continue; // a line that goes on
    word = (word ?? '') + (single ?? double?.replace(/\\\n|\\([$`"\\])/g, '$1') ?? escaped ?? plain);
  }
  if (word !== undefined) words.push(word);
  if (words.length === 0) throw new UsageError('the command is empty');
  return words;
}
