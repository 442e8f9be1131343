import { KubeObject, refOf } from '../../vocabulary';
import { CONTAINER_STARTED, Containers } from './containers';
import { JobScript, JobScripts, scriptOf } from './job-script';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { VirtualClock } from './virtual-clock';

interface PodSpec {
  readonly restartPolicy?: string;
  readonly activeDeadlineSeconds?: number;
}

function phaseOf({ status }: KubeObject): string {
  return (status as { readonly phase?: string } | undefined)?.phase ?? 'Pending';
}

/** The script as the Pod's policy leaves it: containers that are started again and again come to no end. Their restarts are not simulated. */
function withRestarts(script: JobScript, { restartPolicy = 'Always' }: PodSpec): JobScript {
  const ends = restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && (script.exitCode ?? 0) === 0);
  return ends ? script : { ...script, for: 'ever' };
}

/** Runs the Pods of a simulated cluster that nobody owns, such as tests of a chart: once, to their end or their `activeDeadlineSeconds`. */
export class PodController {
  constructor(store: ObjectStore, clock: VirtualClock, logs: PodLogs, scripts: JobScripts) {
    const containers = new Containers(store, clock, logs);
    const isIt = (pod: KubeObject, phase: string) => {
      const live = containers.live(refOf(pod));
      return live?.metadata.uid === pod.metadata.uid && phaseOf(live!) === phase ? live : undefined;
    };
    const exceed = (pod: KubeObject) => {
      const live = isIt(pod, 'Running');
      if (!live) return;
      logs.close(refOf(pod));
      store.put({ ...live, status: { ...(live.status as object), phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' } });
    };
    store.listen((_, pod) => {
      // Whoever ended it, an eviction say: its containers print no more.
      if (pod.kind === 'Pod' && ['Succeeded', 'Failed'].includes(phaseOf(pod))) logs.close(refOf(pod));
    });
    store.listen((change, pod) => {
      if (change !== 'added' || pod.kind !== 'Pod' || pod.metadata.ownerReferences !== undefined) return;
      const spec = pod.spec as PodSpec;
      clock.after(CONTAINER_STARTED, () => {
        if (!isIt(pod, 'Pending')) return;
        containers.run(refOf(pod), withRestarts(scriptOf(scripts, pod), spec), () => undefined);
        if (spec.activeDeadlineSeconds !== undefined) clock.after(spec.activeDeadlineSeconds * 1000, () => exceed(pod));
      });
    });
  }
}
