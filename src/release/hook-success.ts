import { HookEventName, ObjectRef } from '../vocabulary';
import { Fingerprint, fingerprintOf } from './fingerprint';
import { Hook } from './hook';
import { workOf } from './hook-work';

/** The last success of a hook that runs only where something has changed. */
export interface HookSuccess {
  readonly hook: ObjectRef;
  /** The revision in which it ran. */
  readonly revision: number;
  /** Of what the hook does ({@link workOf}), and of the ConfigMaps and Secrets that it saw. */
  readonly fingerprint: Fingerprint;
}

/** A hook that counted as done at an event of a revision because nothing had changed. */
export interface PassedHook {
  readonly event: HookEventName;
  readonly hook: ObjectRef;
}

function isSame(one: ObjectRef, other: ObjectRef): boolean {
  return one.kind === other.kind && one.name === other.name && one.namespace === other.namespace;
}

/**
 * The last success of a hook.
 *
 * @param ref where in the cluster it is
 */
export function successOf(successes: readonly HookSuccess[], ref: ObjectRef): HookSuccess | undefined {
  return successes.find(({ hook }) => isSame(hook, ref));
}

/** The others. */
export function withoutSuccessOf(successes: readonly HookSuccess[], ref: ObjectRef): HookSuccess[] {
  return successes.filter(({ hook }) => !isSame(hook, ref));
}

/** Whether a hook still does what it did when it succeeded, as far as its own manifest says. */
export function doesTheSame(hook: Hook, { fingerprint }: HookSuccess): boolean {
  const { salt, objects } = fingerprint;
  return Object.entries(fingerprintOf([workOf(hook)], salt).objects).every(([name, digest]) => objects[name] === digest);
}

function isFingerprint(value: unknown): value is Fingerprint {
  const { salt, objects, secrets } = (value ?? {}) as Partial<Fingerprint>;
  return typeof salt === 'string' && typeof secrets === 'string' && typeof objects === 'object' && objects !== null;
}

function isRef(value: unknown): value is ObjectRef {
  const { kind, name } = (value ?? {}) as Partial<ObjectRef>;
  return typeof kind === 'string' && typeof name === 'string';
}

/** Whether what a journal holds is a success. */
export function isHookSuccess(value: unknown): value is HookSuccess {
  const { hook, revision, fingerprint } = (value ?? {}) as Partial<HookSuccess>;
  return isRef(hook) && Number.isInteger(revision) && isFingerprint(fingerprint);
}

/** Whether what a journal holds is a hook that counted as done. */
export function isPassedHook(value: unknown): value is PassedHook {
  const { hook, event } = (value ?? {}) as Partial<PassedHook>;
  return isRef(hook) && typeof event === 'string';
}
