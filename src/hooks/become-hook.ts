import { ApiObject, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
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

/** Makes a Job or a Pod a hook: it waits for what it needs first, and is there for its logs until it runs again. */
export function becomeHook(pod: kplus.AbstractPod, props: PodHookProps): void {
  const { on, weight, deletePolicies, logPolicies, waitFor, timeout } = props;
  completePod(pod, props);
  waitFirst(pod, waitFor, timeout);
  HelmHook.on(on, {
    weight,
    deletePolicies: deletePolicies ?? [DeletePolicy.BEFORE_HOOK_CREATION],
    logPolicies: logPolicies ?? [OutputLogPolicy.HOOK_FAILED],
  }).applyTo(ApiObject.of(pod));
}
