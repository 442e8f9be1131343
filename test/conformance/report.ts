import { AuditRecord } from '../cluster/audit';
import { Behaviour, Manifest, NAMESPACE, isToolStep } from './behaviour';
import { recordLines } from './records';
import { DoneStep, Run } from './run';
import { LiveObject } from './snapshot';
import { inRun } from './tools';
import { traceOf } from './trace';

/** What came of a behaviour, as lines that two tools can be compared by. */
export interface Report {
  /** The steps with how they ended, and below each what it wrote. */
  readonly trace: readonly string[];
  readonly left: readonly string[];
}

function isHookManifest({ metadata }: Manifest): boolean {
  return metadata.annotations?.['helm.sh/hook'] !== undefined;
}

function conditionOf({ status }: LiveObject): string {
  const { conditions = [] } = (status ?? {}) as { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
  const has = (...types: string[]) => conditions.some(({ type, status: is }) => types.includes(type) && is === 'True');
  if (has('Complete', 'SuccessCriteriaMet')) return 'succeeded';
  return has('Failed', 'FailureTarget') ? 'failed' : 'running';
}

/** What an object says, as far as tools decide it. */
function contentOf({ kind, data, spec }: LiveObject): unknown {
  switch (kind) {
    case 'ConfigMap':
    case 'Secret':
      return data;
    case 'Service':
      return (spec as { ports: readonly { name: string }[] }).ports.map(({ name }) => name);
    case 'Deployment':
      return (spec as { template: { spec: { containers: readonly object[] } } }).template.spec.containers;
    case 'Widget':
      return spec;
    default:
      return undefined;
  }
}

/** How a step ended; whether at once or when its time was over matters only where the time was short. */
function outcomeOf({ step: { flags }, ran, seconds }: DoneStep): string {
  if (ran.code === 0) return 'done';
  return flags.timeout !== undefined && seconds >= parseFloat(flags.timeout) ? 'failed at its timeout' : 'failed';
}

function ownerOf({ metadata: { labels, annotations } }: LiveObject): string | undefined {
  const managed = labels?.['app.kubernetes.io/managed-by'];
  const [release, namespace] = [annotations?.['meta.helm.sh/release-name'], annotations?.['meta.helm.sh/release-namespace']];
  return managed ?? release ?? namespace ? `of ${[managed, namespace, release].join('/')}` : undefined;
}

/** The hooks of each step, as `Kind/name`: those of its chart, or of any chart where the step has none. */
function hooksOf({ steps }: Behaviour, done: readonly DoneStep[], namespace: string): Set<string>[] {
  const everyChart = steps.flatMap((step) => (isToolStep(step) ? step.chart ?? [] : []));
  return done.map(({ step: { chart = everyChart } }) => {
    const hooks = inRun(chart.filter(isHookManifest), namespace);
    return new Set(hooks.map(({ kind, metadata }) => `${kind}/${metadata.name}`));
  });
}

/** Reads a run, and what the API server has recorded of it, into a report. */
export function reportOf({ behaviour, steps, left, namespaces }: Run, audit: readonly AuditRecord[]): Report {
  const [namespace] = namespaces;
  const clean = (text: string) => text.replaceAll(namespace, NAMESPACE);
  const hooks = hooksOf(behaviour, steps, namespace);
  const isHook = (step: number, kind: string, name: string) => hooks[step].has(`${kind}/${name}`);
  const traces = traceOf(audit, steps, { namespace, closely: behaviour.closely ?? false, isHook });
  const describe = (object: LiveObject): string => {
    const { kind, metadata } = object;
    const elsewhere = metadata.namespace && metadata.namespace !== namespace ? `${metadata.namespace}/` : '';
    const content = contentOf(object);
    return [
      `${kind}/${elsewhere}${metadata.name}`,
      kind === 'Job' && hooks.some((each) => each.has(`${kind}/${metadata.name}`)) ? conditionOf(object) : undefined,
      ownerOf(object),
      content === undefined ? undefined : JSON.stringify(content),
      metadata.deletionTimestamp ? '(being deleted)' : undefined,
    ].filter(Boolean).join(' ');
  };
  return {
    trace: steps.flatMap((step, index) => [`${step.step.does}: ${outcomeOf(step)}`, ...traces[index].map((line) => `  ${line}`)]).map(clean),
    left: [...left.objects.map(describe).sort(), ...left.records.flatMap((record) => recordLines(record, clean))].map(clean),
  };
}
