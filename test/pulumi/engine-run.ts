import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, ServerCredentials, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import * as automation from '@pulumi/pulumi/automation/server';
import { LanguageRuntimeService } from '@pulumi/pulumi/proto/language_grpc_pb';
import { waitUntil } from '../cluster/wait';
import { Diagnostic, EngineEvent, Step, diagnosticsOf, outputsOf, stepsOf } from './engine-event';
import { killTree } from './process-tree';
import { PULUMI_CLI } from './pulumi-cli';
import { leaveUncaught } from './uncaught';

/** What a user writes: it makes resources, and returns what it exports. */
export type InlineProgram = () => void | object | Promise<void | object>;

/** A program that is served to the engine, until it is stopped. */
export interface Served {
  readonly address: string;
  stop(): void;
}

/** A program of this process, or one that somebody else serves. */
export type Program = InlineProgram | { serve(): Promise<Served> };

/** A command of Pulumi. */
export interface EngineCommand {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** The program that the engine runs; what needs none is run without. */
  readonly program?: Program;
}

/** What a command came to. */
export interface Outcome {
  readonly failed: boolean;
  /** What was done, in the order in which it ended. */
  readonly steps: readonly Step[];
  /** How many resources by what was done to them, such as `{ create: 2, same: 1 }`. */
  readonly changes: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
  /** What the program exports; secrets are not shown. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** All that was printed. */
  readonly output: string;
  readonly events: readonly EngineEvent[];
}

/** A command that runs. */
export interface EngineRun {
  readonly outcome: Promise<Outcome>;
  /** Waits until the command has printed a text. */
  says(text: string): Promise<void>;
  /** Kills the engine and its providers, as a machine that dies does, and waits until they are gone. */
  kill(): Promise<void>;
}

/** What the Automation API serves inline programs with; no declarations speak of it. */
const { LanguageServer } = automation as unknown as { readonly LanguageServer: new (run: () => Promise<unknown>) => UntypedServiceImplementation };

/** How long a command may take, in milliseconds: less than a test, so that what it has printed is told. */
const PATIENCE = 120_000;

let runs = 0;

/**
 * Starts Pulumi as the Automation API does for an inline program: the command line is told where the program is served. Not through the Automation API itself,
 * because it hides the process that a test wants to kill, and starts the command line three times more after every `up`, to ask for outputs and history.
 */
export async function startEngine(folder: string, command: EngineCommand): Promise<EngineRun> {
  const log = join(folder, `events-${++runs}.json`);
  const host = command.program && (await serve(command.program));
  const args = [...command.args, '--non-interactive', '--color=never', '--event-log', log, ...(host ? ['--exec-kind=auto.inline', `--client=${host.address}`] : [])];
  const child = spawn(PULUMI_CLI, args, { cwd: command.cwd, env: { ...process.env, ...command.env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve, reject) => {
    const complain = () => void killTree(child.pid!).then(() => reject(new Error(`pulumi ${command.args[0]} did not end in ${PATIENCE / 1000} s:\n${output}`)), reject);
    const timer = setTimeout(complain, PATIENCE);
    child.on('error', reject).on('close', resolve).on('close', () => clearTimeout(timer));
  });
  const over = async () => ended.finally(() => host?.stop());
  const outcome = (host ? leaveUncaught(over) : over()).then((code) => toOutcome(code, output, readEvents(log)));
  const says = (text: string) => waitUntil(`pulumi ${command.args[0]} says "${text}"`, () => output.includes(text), { seconds: 60 });
  return { outcome, says, kill: async () => void (child.pid && (await killTree(child.pid))) };
}

/** Serves a program to the engine. */
async function serve(program: Program): Promise<Served> {
  if (typeof program !== 'function') return program.serve();
  const server = new Server();
  server.addService(LanguageRuntimeService as unknown as ServiceDefinition, new LanguageServer(async () => program()));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) => (error ? reject(error) : resolve(bound)));
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

/**
 * The lines that are whole: an engine that was killed may have left half of one. Without what only `--debug` shows: there the SDK tells secrets in clear
 * ("RegisterResource RPC finished").
 */
function readEvents(log: string): EngineEvent[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as EngineEvent).filter(({ diagnosticEvent }) => diagnosticEvent?.severity !== 'debug');
}

function toOutcome(code: number | null, output: string, events: readonly EngineEvent[]): Outcome {
  return {
    failed: code !== 0,
    steps: stepsOf(events),
    changes: events.flatMap(({ summaryEvent }) => summaryEvent ?? []).at(-1)?.resourceChanges ?? {},
    diagnostics: diagnosticsOf(events),
    outputs: outputsOf(events),
    output,
    events,
  };
}
