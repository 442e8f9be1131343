import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { tokenOf } from '../tokens';
import { DeletePolicy } from './delete-policy';
import { HelmHook } from './helm-hook';
import { HookEvent } from './hook-event';
import { ContainerHookProps } from './hook-props';
import { OutputLogPolicy } from './output-log-policy';
import { completePod } from './pod-template';
import { waitFirst } from './wait-for';

/** What makes a hook of something that runs Pods. */
interface PodHookProps extends ContainerHookProps {
  readonly on: HookEvent[];
  readonly timeout: Duration;
}

/** How long the runner waits for a hook unless it is told otherwise, in seconds; Helm's own default. */
const USUAL_WAIT = 300;
/** Between the end that Kubernetes makes, and the moment at which nobody waits for it any more, in seconds. */
const MARGIN = 60;

/** How long the runner has to wait for a hook that may run for longer than it usually does. One that a value decides on is waited for as long as it may run. */
function wait(deadline: Duration): Duration | undefined {
  const seconds = deadline.toSeconds();
  if (tokenOf(seconds) !== undefined) return deadline;
  return seconds > USUAL_WAIT ? Duration.seconds(seconds + MARGIN) : undefined;
}

/** Makes a Job or a Pod a hook: it waits for what it needs first, and is there for its logs until it runs again. */
export function becomeHook(pod: kplus.AbstractPod, props: PodHookProps): void {
  const { on, weight, deletePolicies, logPolicies, waitFor, timeout, retry, mutex, runOn, mutableTags, always } = props;
  completePod(pod, props);
  waitFirst(pod, waitFor, timeout);
  HelmHook.on(on, {
    weight,
    deletePolicies: deletePolicies ?? [DeletePolicy.BEFORE_HOOK_CREATION],
    logPolicies: logPolicies ?? [OutputLogPolicy.HOOK_FAILED],
    timeout: wait(timeout),
    retry,
    mutex,
    runOn,
    mutableTags,
    always,
  }).applyTo(ApiObject.of(pod));
}
