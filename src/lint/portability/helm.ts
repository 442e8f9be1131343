import {
  DeletePolicyName, HOOK_OUTPUT_LOG_POLICY, MUTEX, OUR_EVENTS, RETRY, RUN_ON, readAlways, readDeletePolicies, readEvents, readOutputLogPolicies,
  readWeight,
} from '../../vocabulary';
import { HookSubject, isTemplate, jobSpecOf } from '../subject';
import { Engine, Portability } from './engine';

/** In what the two helms differ. */
interface Version {
  readonly replaces: string;
  readonly leftover: string;
  readonly gone: string;
  readonly definition: string;
}

const VERSIONS: Readonly<Record<3 | 4, Version>> = {
  3: {
    replaces: 'deletes the object of the last run, waits until it is gone, and creates it',
    leftover: 'what a run leaves makes the next one fail with "already exists"',
    gone: 'a Job that is deleted before it ends counts as done',
    definition: 'the definition is never deleted: the next run fails with "already exists"',
  },
  4: {
    replaces: 'deletes the object of the last run and applies it at once, without waiting until it is gone',
    leftover: 'of what a run leaves, the next one takes the old verdict and runs nothing',
    gone: 'a Job that is deleted before it ends is waited for until the timeout',
    definition: 'the definition is never deleted: the next run patches it',
  },
};

const OURS: readonly string[] = OUR_EVENTS;

/** The words of the hook that make Helm drop the object; a template may become any word. */
export function strangers({ annotations }: HookSubject): readonly string[] {
  const { known, unknown } = readEvents(annotations);
  return [...known.filter((event) => OURS.includes(event)), ...unknown.filter((word) => !isTemplate(word))];
}

function deletions(policies: readonly DeletePolicyName[], { replaces, leftover }: Version): string[] {
  return [
    ...(policies.includes('before-hook-creation') ? [replaces] : []),
    ...(policies.includes('hook-succeeded') ? ['deletes it when all hooks of the event have succeeded'] : []),
    ...(policies.includes('hook-failed') ? ['deletes it when it has failed'] : []),
    ...(policies.includes('before-hook-creation') ? [] : [leftover]),
  ];
}

function judge(version: Version, hook: HookSubject): Portability {
  const dropped = strangers(hook);
  if (dropped.length > 0) return { does: ['drops the object: it is neither hook nor resource'], loses: [`everything, for it does not know ${dropped.join(', ')}`] };
  const { annotations, hook: { events, weight, deletePolicies = [] }, object: { kind } } = hook;
  const unknown = readDeletePolicies(annotations).unknown.filter((word) => !isTemplate(word));
  const ttl = jobSpecOf(hook)?.ttlSecondsAfterFinished;
  const logs = annotations[HOOK_OUTPUT_LOG_POLICY] === undefined ? [] : readOutputLogPolicies(annotations).known;
  return {
    does: [
      `runs it at ${events.join(', ')} with weight ${weight ?? 'of the template'}, one hook after the other`,
      hook.pod ? 'waits until it has ended' : 'goes on as soon as it is created',
      ...(kind === 'CustomResourceDefinition' ? [version.definition] : deletions(deletePolicies, version)),
      ...(hook.pod && logs.length > 0 ? ['prints its logs when it has ended (3.18 and later)'] : []),
    ],
    loses: [
      ...(readWeight(annotations) === undefined && !isTemplate(annotations['helm.sh/hook-weight']) ? ['the weight, which it cannot read and takes for 0'] : []),
      ...(unknown.length > 0 ? [`the policy ${unknown.map((word) => JSON.stringify(word)).join(', ')}, which it does not know, and with it its default`] : []),
      ...(annotations['helm.sh/resource-policy'] === undefined ? [] : ['the resource policy, which it ignores on hooks']),
      ...(typeof ttl === 'number' && ttl < 60 ? [version.gone] : []),
      ...(annotations['cdk8s-lifecycle/after'] === undefined ? [] : ['running beside hooks that it does not depend on']),
      ...(annotations[RETRY] === undefined ? [] : ['being run once more when it fails']),
      ...(readAlways(annotations) ? ['running in any case: after a failure it does not run'] : []),
      ...(annotations[RUN_ON] === undefined ? [] : ['that it runs only when something has changed: it runs each time']),
      ...(annotations[MUTEX] === undefined ? [] : ['its mutex: it runs beside those that it must not run beside']),
    ],
  };
}

const NOTES = [
  'Hooks of a rollback are those of the revision that is rolled back to.',
  'Objects of hooks are no part of the release: an uninstall leaves what the delete policies leave.',
  'A hook that takes longer than `--timeout` (5 minutes) fails the release; its Job runs on.',
];

/** Helm 3.18 and later. */
export const HELM3: Engine = { title: 'Helm 3', notes: NOTES, judge: (hook) => judge(VERSIONS[3], hook) };

/** Helm 4. */
export const HELM4: Engine = { title: 'Helm 4', notes: NOTES, judge: (hook) => judge(VERSIONS[4], hook) };
