import { spawn } from 'node:child_process';
import { Kube } from '../../conformance/kube';
import { CLI, Ran, succeeded } from '../cli';
import { testCluster } from '../cluster';
import { withNamespace } from '../namespace';
import { Certificate } from './certificate';
import { Fault, Target } from './fault';
import { FaultProxy } from './proxy';
import { BEFORE, Manifests, OperationName, Sight, argumentsOf, look, lookUntil } from './shop';

/** One thing that goes wrong once in one operation. */
export interface Trial extends Target {
  readonly operation: OperationName;
  readonly fault: Fault;
  /** A hook of the operation takes its time. */
  readonly slow?: boolean;
}

/** A run of the command line, with what there was to be seen after it. */
export interface SeenRun extends Ran {
  /** When it began. */
  readonly from: string;
  /** Verdicts of the hooks by name, as the run reported them; the last of each. */
  readonly verdicts: Readonly<Record<string, string>>;
  readonly sight: Sight;
}

/** What came of a trial. */
export interface Tried {
  readonly namespace: string;
  /** Whether what was to go wrong did. */
  readonly fired: boolean;
  readonly requests: readonly string[];
  readonly first: SeenRun;
  /** The same operation again; absent where the first was done. */
  readonly second?: SeenRun;
}

/** What the trials share. */
export interface Workshop {
  readonly kube: Kube;
  readonly manifests: Manifests;
  readonly certificate: Certificate;
}

interface Event {
  readonly kind: string;
  readonly hook?: { readonly name: string };
  readonly verdict?: { readonly kind: string };
}

function verdictsIn(stdout: string): Record<string, string> {
  const events = stdout.split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Event);
  return Object.fromEntries(events.filter(({ kind }) => kind === 'hook-finished').map(({ hook, verdict }) => [hook!.name, verdict!.kind]));
}

/** Runs the command line; `started` is given the means to kill it. A killed one counts as an exit with -1. */
function command(args: readonly string[], kubeconfig: string, started: (kill: () => void) => void = () => undefined): Promise<Ran> {
  return new Promise((settle, reject) => {
    const cli = process.env.CDK8S_LIFECYCLE_CLI || CLI;
    const child = spawn(process.execPath, [cli, ...args, '-o', 'json'], { env: { ...process.env, KUBECONFIG: kubeconfig }, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    child.on('error', reject);
    child.on('close', (code) => settle({ code: code ?? -1, ...output }));
    started(() => void child.kill('SIGKILL'));
  });
}

/** Does the operation with the fault, and again where that was not enough. */
export async function attempt({ operation, fault, slow, ...target }: Trial, { kube, manifests, certificate }: Workshop): Promise<Tried> {
  const { kubeconfig } = await testCluster();
  return withNamespace('faults', async (namespace) => {
    const args = (name: OperationName) => [...argumentsOf(name, manifests, slow), '-n', namespace, '--timeout', '90s'];
    const seen = async (run: () => Promise<Ran>): Promise<SeenRun> => {
      const from = new Date().toISOString();
      const ran = await run();
      return { ...ran, from, verdicts: verdictsIn(ran.stdout), sight: await look(kube, namespace) };
    };
    for (const name of BEFORE[operation]) succeeded(await command(args(name), kubeconfig));
    const proxy = await FaultProxy.start(kubeconfig, certificate, target, fault);
    try {
      const first = await seen(() => command(args(operation), proxy.kubeconfig, (kill) => (proxy.kill = kill)));
      const again = first.code === 0 ? undefined : await seen(() => command(args(operation), kubeconfig));
      const isSettled = ({ records, journals, jobs }: Sight) => journals.length <= records.length && !Object.values(jobs).includes('running');
      const settled = await lookUntil(kube, namespace, isSettled);
      const last = { ...(again ?? first), sight: settled };
      const { fired, requests } = proxy;
      return again ? { namespace, fired, requests, first, second: last } : { namespace, fired, requests, first: last };
    } finally {
      await proxy.stop();
    }
  });
}
