import { LifecycleEvent } from '../lifecycle';
import { Named, meantBy } from './found-hook';
import { CallMoment } from './mortal';

/** Before the object of a hook is created, when its container starts, or when the runner has its verdict. */
export interface HookMoment {
  /** The object, `Kind/name`, or the construct of the chart; of several runs it is the first. */
  readonly hook: string;
  /** Only Jobs and Pods have containers that start: there is no `during` of a ConfigMap. */
  readonly when: 'before' | 'during' | 'after';
}

/** When something befalls the runner: at a hook, or before or after a call that it makes of the API server, counted from 0. */
export type Moment = HookMoment | CallMoment;

/** Whether an event of an operation is the moment. */
export function isAtEvent(moment: Moment | undefined, event: LifecycleEvent, named: (ref: Named['ref']) => Named): boolean {
  if (!moment || !('hook' in moment)) return false;
  const isIts = (event.kind === 'hook-started' && moment.when === 'before') || (event.kind === 'hook-finished' && moment.when === 'after');
  return isIts && meantBy(moment.hook, [named(event.hook)]).length > 0;
}

/** Whether the start of a container is the moment. */
export function isAtStart(moment: Moment | undefined, job: Named): boolean {
  return moment !== undefined && 'hook' in moment && moment.when === 'during' && meantBy(moment.hook, [job]).length > 0;
}

/** Whether a call is the moment. */
export function isAtCall(moment: Moment | undefined, { call, when }: CallMoment): boolean {
  return moment !== undefined && 'call' in moment && moment.call === call && moment.when === when;
}

/** `during hook "migrate"` */
export function describeMoment(moment: Moment): string {
  return 'hook' in moment ? `${moment.when} hook "${moment.hook}"` : `${moment.when} call ${moment.call}`;
}
