import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { InterruptedError } from '../lifecycle';
import { BadInputError } from '../release';
import { printable } from '../report';
import { messageOf } from '../vocabulary';
import { untilInterrupted } from './interrupt';
import { shellWords } from './shell-words';

/** How a program is run. */
export interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Ends the program when it is aborted. */
  readonly interrupt?: AbortSignal;
  /**
   * Takes what the program prints, line by line.
   *
   * @default - it goes to standard error as it is
   */
  readonly tell?: (line: string) => void;
}

type End = { readonly error: Error } | { readonly code: number | null; readonly signal: NodeJS.Signals | null };

function failureOf(end: End, program: string): string | undefined {
  if ('error' in end) return (end.error as NodeJS.ErrnoException).code === 'ENOENT' ? `there is no program ${program}` : messageOf(end.error);
  if (end.signal) return `it was ended by ${end.signal}`;
  return end.code === 0 ? undefined : `it exited ${end.code}`;
}

function ended(program: string, args: readonly string[], { env, tell, signal }: Pick<ProgramOptions, 'env' | 'tell'> & { readonly signal: AbortSignal }): Promise<End> {
  const output = tell ? 'pipe' : 2;
  return new Promise((settle) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', output, output], signal });
    for (const stream of [child.stdout, child.stderr]) if (stream && tell) createInterface({ input: stream }).on('line', (line) => tell(printable(line)));
    child.on('error', (error) => settle({ error }));
    child.on('close', (code, by) => settle({ code, signal: by }));
  });
}

/**
 * Runs the program of --app to its end. There is no shell in between.
 *
 * @throws BadInputError where it fails
 */
export async function runAppProgram(command: string, { env, interrupt, tell }: ProgramOptions): Promise<void> {
  const [program, ...args] = shellWords(command);
  const end = await untilInterrupted(interrupt, async (signal) => {
    const how = await ended(program, args, { env, tell, signal });
    if (signal.aborted) throw new InterruptedError();
    return how;
  });
  const failure = failureOf(end, program);
  if (failure === undefined) return;
  throw new BadInputError([{ message: `the program of --app failed: ${failure}`, remedy: `Run it by itself: ${command}` }], 'error' in end ? end.error : undefined);
}
