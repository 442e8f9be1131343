import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { isAlive, parseStat, ProcessIdentity, processWithId, signal } from './process-identity';
import { removeSharedMemory } from './shared-memory';
import { makeStateFolders, statePath } from './state';
import { waitUntil } from './wait';

/** A program to keep running. */
export interface Program {
  /** Unique in the cluster; names its log and its registration. */
  readonly name: string;
  readonly command: readonly string[];
  /**
   * The signal that ends it.
   *
   * @default SIGKILL: nothing of the test cluster outlives it
   */
  readonly stopSignal?: NodeJS.Signals;
}

/** A program that was started by this process. */
export interface RunningProcess {
  readonly name: string;
  readonly pid: number;
  readonly log: string;
  hasEnded(): boolean;
}

interface Registration extends ProcessIdentity {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
}

// The process registers itself, then becomes the program: there is no moment at which it runs unknown to `down`.
const REGISTER = 'read -r stat < /proc/$$/stat; printf "%s\\n%s\\n" "$1" "$stat" > "$0"; shift; exec "$@"';

/** Starts a program that outlives this process, until `endProcess` or `endAllProcesses`. */
export function startProcess({ name, command, stopSignal = 'SIGKILL' }: Program): RunningProcess {
  makeStateFolders('processes', 'logs');
  const log = statePath('logs', `${name}.log`);
  const output = openSync(log, 'a');
  const child = spawn('/bin/sh', ['-c', REGISTER, registrationFile(name), stopSignal, ...command], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  if (child.pid === undefined) throw new Error(`${name} could not be started: ${command[0]}`);
  return { name, pid: child.pid, log, hasEnded: () => child.exitCode !== null || child.signalCode !== null };
}

/** Ends one program and waits until it is gone. */
export async function endProcess(name: string): Promise<void> {
  if (existsSync(registrationFile(name))) await end([readRegistration(name)]);
}

/** Ends every program that was ever started for this cluster, by whichever process, and waits until they are gone. */
export async function endAllProcesses(): Promise<void> {
  await end(registrations());
}

/** Whether all programs of these names run. */
export function areAlive(names: readonly string[]): boolean {
  const alive = registrations().filter(isAlive).map(({ name }) => name);
  return names.every((name) => alive.includes(name));
}

/** Process ids by the name of the program. */
export function processIds(): Record<string, number> {
  return Object.fromEntries(registrations().map(({ name, pid }) => [name, pid]));
}

function registrations(): Registration[] {
  return existsSync(statePath('processes')) ? readdirSync(statePath('processes')).map(readRegistration) : [];
}

async function end(targets: readonly Registration[]): Promise<void> {
  for (const target of targets) signal(target, target.stopSignal);
  await gone(targets).catch(async () => {
    for (const target of targets) signal(target, 'SIGKILL');
    await gone(targets);
  });
  for (const target of targets) {
    if (!processWithId(target.pid)) await removeSharedMemory(target.pid);
    rmSync(registrationFile(target.name), { force: true });
  }
}

function gone(targets: readonly Registration[]): Promise<void> {
  return waitUntil(`${targets.map(({ name }) => name).join(', ')} ended`, () => !targets.some(isAlive), { seconds: 10 });
}

function registrationFile(name: string): string {
  return statePath('processes', name);
}

function readRegistration(name: string): Registration {
  const [stopSignal, stat] = readFileSync(registrationFile(name), 'utf8').split('\n');
  // Empty if it was killed while it registered, before it became the program.
  return stat ? { name, stopSignal: stopSignal as NodeJS.Signals, ...parseStat(stat) } : { name, stopSignal: 'SIGKILL', pid: 0, startTime: '' };
}
