import { spawn } from 'node:child_process';
import { InterruptedError } from '../../lifecycle';
import { BadInputError } from '../../release';
import { messageOf } from '../../vocabulary';
import { untilInterrupted } from '../interrupt';

/** A release is never larger, unpacked: what it is of is kept in a Secret of 1 MiB. */
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Helm did not do what it was asked to; its own words may quote values. */
export class HelmFailure extends Error {}

/** The program that renders charts; helm itself names it so for its plugins. */
function program(): string {
  return process.env.HELM_BIN || 'helm';
}

/** Variables by which helm would ask another cluster than we do, or look for its releases elsewhere. */
const OWN_WAYS = /^HELM_(?:KUBE|NAMESPACE$|DRIVER)/;

function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN_WAYS.test(name)));
}

function notStarted(error: NodeJS.ErrnoException, chart: string): BadInputError {
  const why = error.code === 'ENOENT' ? `there is no program ${program()}` : messageOf(error);
  const remedy = 'Install helm 3.14 or later, or name it in HELM_BIN. Without it go manifests, charts without templates, and --app with a HelmChartApp that has no subcharts.';
  return new BadInputError([{ message: `the chart ${chart} has templates, which only helm can render: ${why}`, remedy }], error);
}

/** What went wrong, without what helm only remarks. */
function complaint(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/^(?:level=|coalesce\.go|WARNING: |\d{4}\/\d\d\/\d\d )/.test(line));
  return lines.map((line) => line.replace(/^Error: (?:INSTALLATION FAILED: |UPGRADE FAILED: )?/, '')).join('\n');
}

interface Ended {
  readonly code: number | null;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** How much it printed, in bytes. */
  readonly size: number;
}

function ended(args: readonly string[], chart: string, signal: AbortSignal): Promise<Ended> {
  const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  const text = (name: keyof typeof chunks) => () => Buffer.concat(chunks[name]).toString('utf8');
  let size = 0;
  return new Promise((settle, reject) => {
    const child = spawn(program(), args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'], signal });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        chunks[name].push(chunk);
        size += chunk.length;
        if (size > MAX_OUTPUT) child.kill();
      });
    }
    child.on('error', (error) => reject(signal.aborted ? new InterruptedError() : notStarted(error, chart)));
    child.on('close', (code) => settle({ code, stdout: text('stdout'), stderr: text('stderr'), size }));
  });
}

/**
 * Runs helm to its end. Nothing of what it says goes to a terminal: it quotes values.
 *
 * @param chart for whose sake it runs
 * @returns what it printed
 * @throws HelmFailure, and BadInputError where there is no helm
 */
export function runHelm(args: readonly string[], chart: string, interrupt?: AbortSignal): Promise<string> {
  return untilInterrupted(interrupt, async (signal) => {
    const { code, stdout, stderr, size } = await ended(args, chart, signal);
    if (signal.aborted) throw new InterruptedError();
    if (size > MAX_OUTPUT) throw new HelmFailure(`it prints more than ${MAX_OUTPUT / 1024 / 1024} MiB`);
    if (code !== 0) throw new HelmFailure(complaint(stderr()));
    return stdout();
  });
}
