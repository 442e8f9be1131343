import { readFileSync } from 'node:fs';
import { kubectl } from '../cluster/kubectl';
import { Manifest, ToolStep } from '../conformance/behaviour';
import { ToolName, Toolbox } from '../conformance/tools';

/** A process that has ended: how long it took, when it ended, and the most memory that it had. */
export interface Timed {
  readonly milliseconds: number;
  readonly ended: number;
  /** In MiB; of a process that was too short to be looked at 0. */
  readonly peak: number;
}

/** How often the memory of a process is looked at, in milliseconds. The kernel keeps the most that it had, so only its last moments are missed. */
const LOOK = 20;

/** Watches the memory of a process until it has ended. */
function watchMemory(pid: number): { stop(): number } {
  let peak = 0;
  const timer = setInterval(() => {
    try {
      const [, kibibytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kibibytes ?? 0) / 1024);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has ended
    }
  }, LOOK);
  return { stop: () => (clearInterval(timer), peak) };
}

/** How long a process takes, from its start to its end, which has to be the one that is expected: what fails early is not fast. */
export async function timed(tool: ToolName, toolbox: Toolbox, step: ToolStep, namespace: string, code: 0 | 1 = 0): Promise<Timed> {
  let memory: ReturnType<typeof watchMemory> | undefined;
  let started = 0;
  const ran = await toolbox.run(tool, step, namespace, (_signal, pid) => {
    started = performance.now();
    memory = watchMemory(pid);
    return Promise.resolve();
  });
  const milliseconds = performance.now() - started;
  const ended = Date.now();
  const peak = memory?.stop() ?? 0;
  if (ran.code !== code) throw new Error(`${tool} ${step.does}: exit ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  return { milliseconds, ended, peak };
}

interface JobStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** What Kubernetes has come to in a Job; nothing for what is no Job. */
function verdictOf({ kind, status }: Manifest): readonly string[] | undefined {
  if (kind !== 'Job') return undefined;
  return ((status ?? {}) as JobStatus).conditions?.flatMap(({ type, status: is }) => (is === 'True' && ['Complete', 'Failed'].includes(type) ? type : [])) ?? [];
}

/** What is in a namespace, by name, what it says and how it ended. */
export async function leftIn(namespace: string): Promise<string> {
  const { items } = JSON.parse(await kubectl(['get', 'jobs,configmaps', '-o', 'json'], { namespace })) as { readonly items: readonly Manifest[] };
  const own = items.filter(({ metadata: { name } }) => name !== 'kube-root-ca.crt');
  return JSON.stringify(own.map((object) => [object.kind, object.metadata.name, object.data, verdictOf(object)]).sort());
}
