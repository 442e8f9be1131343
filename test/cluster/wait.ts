import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { RunningProcess } from './processes';

/** How long to wait, and whose fault it is if it was in vain. */
export interface WaitOptions {
  readonly seconds: number;
  /** The process that must keep running meanwhile; the end of its log is shown if it does not. */
  readonly process?: RunningProcess;
}

const PROBE_INTERVAL = 50;

/** Probes until a condition holds. For what has no watch: processes, sockets, files. */
export async function waitUntil(condition: string, probe: () => boolean | Promise<boolean>, options: WaitOptions): Promise<void> {
  const deadline = Date.now() + options.seconds * 1000;
  while (!(await probe())) {
    if (options.process?.hasEnded()) throw new Error(blame(`${options.process.name} ended before ${condition}`, options.process));
    if (Date.now() > deadline) throw new Error(blame(`waited ${options.seconds} s in vain: ${condition}`, options.process));
    await pause(PROBE_INTERVAL);
  }
}

/** Waits for every step, and then fails if one of them has: nothing is still going on when the caller cleans up. */
export async function allOf<T extends readonly Promise<unknown>[] | []>(steps: T): Promise<{ -readonly [Step in keyof T]: Awaited<T[Step]> }> {
  await Promise.allSettled(steps);
  return Promise.all(steps);
}

/** Adds the end of a process's log to whatever a step that depends on it fails with. */
export async function blaming<T>(process: RunningProcess, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw new Error(blame((error as Error).message, process), { cause: error });
  }
}

function blame(problem: string, process?: RunningProcess): string {
  if (!process) return problem;
  const lines = existsSync(process.log) ? readFileSync(process.log, 'utf8').trimEnd().split('\n').slice(-15) : [];
  return [`${problem}; the last lines of ${process.log}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
