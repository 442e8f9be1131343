import { KubeObject } from '../../vocabulary';
import { podState } from './job-state';
import { containerSpec, containersOf, isStarting, startedContainers, statusOf } from './pod-diagnosis';

/** One thing that Kubernetes says about what does not run, and where it says so. */
export interface Symptom {
  /** In the status of a container, by the scheduler, when volumes and sandbox are made, or when the Pod itself is. */
  readonly at: 'container' | 'scheduling' | 'setup' | 'creation';
  /** `Reason: message`, as Kubernetes put it. */
  readonly text: string;
  /** The Pod; absent where it could not be made. */
  readonly pod?: KubeObject;
  readonly container?: string;
  readonly image?: string;
}

interface WarningEvent extends KubeObject {
  readonly involvedObject?: { readonly uid?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** Which Warning events say more than the status of the Pod: its kubelet's before there is a container. */
const SETUP_REASONS = ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox'];

/** What a kubelet says while its caches fill; it tries again within a second (pkg/kubelet/util/manager/cache_based_manager.go). */
const PASSING = /not registered|failed to sync \w+ cache|timed out waiting for the condition/;

function text(reason: string | undefined, message: string | undefined): string {
  return [reason, message].filter(Boolean).join(': ');
}

function happened({ lastTimestamp, eventTime, metadata }: WarningEvent): number {
  return Date.parse(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '');
}

/** The last word on an object. */
function lastOf(events: readonly WarningEvent[], uid: string | undefined, reasons: readonly string[]): WarningEvent | undefined {
  const about = events.filter(({ involvedObject, reason, message = '' }) => involvedObject?.uid === uid && reasons.includes(reason ?? '') && !PASSING.test(message));
  return about.sort((a, b) => happened(a) - happened(b)).at(-1);
}

function symptomsOfPod(pod: KubeObject, events: readonly WarningEvent[]): Symptom[] {
  const { conditions = [] } = statusOf(pod);
  const unscheduled = conditions.find(({ type, status }) => type === 'PodScheduled' && status === 'False');
  if (unscheduled) return [{ at: 'scheduling', text: text(unscheduled.reason, unscheduled.message), pod }];
  const waiting = containersOf(pod).flatMap(({ name, state }): Symptom[] => {
    const { reason, message } = state?.waiting ?? {};
    return reason && !isStarting(reason) ? [{ at: 'container', text: text(reason, message), pod, container: name, image: containerSpec(pod, name)?.image }] : [];
  });
  if (waiting.length > 0 || startedContainers(pod).length > 0) return waiting;
  const setup = lastOf(events, pod.metadata.uid, SETUP_REASONS);
  return setup ? [{ at: 'setup', text: text(setup.reason, setup.message), pod }] : [];
}

/** `Error creating: pods "m-x" is forbidden: …`: the name is drawn anew at each try, and says nothing. */
const CREATION = /^Error creating: (?:pods? "[^"]*" is forbidden: )?/i;

/**
 * What keeps a hook's Pods from running.
 *
 * @returns the symptoms of each Pod that has not ended; where there is none, those of the attempt to make one
 * @param pods those that are there now
 * @param warnings the Warning events of the namespace, as far as they may be read
 */
export function symptomsOf(hook: KubeObject, pods: readonly KubeObject[], warnings: readonly KubeObject[]): Symptom[][] {
  const unfinished = pods.filter((pod) => podState(pod).kind === 'running');
  if (unfinished.length > 0) return unfinished.map((pod) => symptomsOfPod(pod, warnings));
  const creation = lastOf(warnings, hook.metadata.uid, ['FailedCreate']);
  // What was said before there was a Pod is no longer true. Times are in whole seconds.
  const isOver = creation && pods.some(({ metadata }) => Date.parse(metadata.creationTimestamp!) >= happened(creation));
  return creation && !isOver ? [[{ at: 'creation', text: (creation.message ?? '').replace(CREATION, '') }]] : [];
}
