import { readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in clock ticks since boot. */
  readonly startTime: string;
}

/** Reads a line of `/proc/PID/stat`. */
export function parseStat(stat: string): ProcessIdentity & { readonly state: string } {
  // The second field is the command in parentheses, and may itself hold spaces and parentheses.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid: Number.parseInt(stat, 10), startTime: rest[18], state };
}

/** The process that has a number now, if any; one that ended and is not reaped yet counts as gone. */
export function processWithId(pid: number | string): ProcessIdentity | undefined {
  try {
    const { state, ...identity } = parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
    return state === 'Z' || state === 'X' ? undefined : identity;
  } catch {
    return undefined; // it ended meanwhile
  }
}

/** Whether that very process still runs. */
export function isAlive({ pid, startTime }: ProcessIdentity): boolean {
  return processWithId(pid)?.startTime === startTime;
}

/** Sends a signal to a process, unless it has ended. */
export function signal(target: ProcessIdentity, name: NodeJS.Signals): void {
  try {
    if (isAlive(target)) process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
