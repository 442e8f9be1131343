import { spawn } from 'node:child_process';
import { InterruptedError } from '../../lifecycle';
import { BadInputError } from '../../release';
import { messageOf } from '../../vocabulary';

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

/**
 * Runs helm to its end. Nothing of what it says goes to a terminal: it quotes values.
 *
 * @param chart for whose sake it runs
 * @returns what it printed
 * @throws HelmFailure, and BadInputError where there is no helm
 */
export async function runHelm(args: readonly string[], chart: string, interrupt?: AbortSignal): Promise<string> {
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let size = 0;
  const code = await new Promise<number | null>((settle, reject) => {
    const child = spawn(program(), args, { env: environment(), stdio: ['ignore', 'pipe', 'pipe'], signal: interrupt });
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].on('data', (chunk: Buffer) => {
        output[name].push(chunk);
        size += chunk.length;
        if (size > MAX_OUTPUT) child.kill();
      });
    }
    child.on('error', (error) => reject(interrupt?.aborted ? new InterruptedError() : notStarted(error, chart)));
    child.on('close', settle);
  });
  if (interrupt?.aborted) throw new InterruptedError();
  if (size > MAX_OUTPUT) throw new HelmFailure(`it prints more than ${MAX_OUTPUT / 1024 / 1024} MiB`);
  if (code !== 0) throw new HelmFailure(complaint(Buffer.concat(output.stderr).toString('utf8')));
  return Buffer.concat(output.stdout).toString('utf8');
}
