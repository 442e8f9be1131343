import { HOOK_DELETE_POLICY, HOOK_OUTPUT_LOG_POLICY, HookEventName, readDeletePolicies } from '../../vocabulary';
import { describeSubject } from '../finding';
import { HookSubject, isTemplate } from '../subject';
import { Engine, Portability } from './engine';
import { strangers } from './helm';

/** An annotation of Argo CD's own; an object that has it is none of Helm's hooks to it. */
const OWN_HOOK = 'argocd.argoproj.io/hook';
const OWN_WAVE = 'argocd.argoproj.io/sync-wave';
const OWN_DELETE = 'argocd.argoproj.io/hook-delete-policy';

/** The phases by Helm's events; there is none for rollbacks and tests: gitops-engine/pkg/sync/hook/helm/type.go. */
const PHASES: Readonly<Partial<Record<HookEventName, string>>> = {
  'pre-install': 'PreSync',
  'pre-upgrade': 'PreSync',
  'post-install': 'PostSync',
  'post-upgrade': 'PostSync',
  'pre-delete': 'PreDelete',
  'post-delete': 'PostDelete',
};

const POLICIES = { 'before-hook-creation': 'BeforeHookCreation', 'hook-succeeded': 'HookSucceeded', 'hook-failed': 'HookFailed' } as const;

function phasesOf({ hook: { events } }: HookSubject): string[] {
  return [...new Set(events.flatMap((event) => PHASES[event] ?? []))];
}

/** Install and upgrade are one to Argo CD: whatever runs at a sync runs at every sync. */
function merged({ hook: { events } }: HookSubject): string[] {
  return [['pre-install', 'pre-upgrade'], ['post-install', 'post-upgrade']].flatMap((pair) => {
    const named = pair.filter((event) => events.some((each) => each === event));
    if (named.length !== 1) return [];
    const isInstall = named[0].endsWith('install');
    return [isInstall ? 'that it is of the install only: it runs at every sync' : 'that it is of upgrades only: it runs at the first sync, too'];
  });
}

/** Hooks of one wave are applied together; Helm runs them one after the other, by name. */
function beside(hook: HookSubject, others: readonly HookSubject[]): string[] {
  const phases = phasesOf(hook);
  const isBeside = (other: HookSubject) => other.hook.weight === hook.hook.weight && phasesOf(other).some((phase) => phases.includes(phase));
  const equal = others.filter((other) => other !== hook && isBeside(other));
  return equal.length === 0 ? [] : [`its order among those of the same weight: it runs beside ${equal.map(describeSubject).join(', ')}`];
}

function judge(hook: HookSubject, others: readonly HookSubject[]): Portability {
  const { annotations, hook: { events, weight, deletePolicies = [] } } = hook;
  if (annotations[OWN_HOOK] !== undefined) {
    return { does: [`goes by ${OWN_HOOK}: ${annotations[OWN_HOOK]}`], loses: ["Helm's events, weight and policies of this object"] };
  }
  const phases = phasesOf(hook);
  const lost = [...new Set<string>([...events.filter((event) => PHASES[event] === undefined), ...strangers(hook)])];
  if (phases.length === 0) {
    return { does: ['does not apply the object'], loses: [lost.length === 0 ? 'everything' : `everything, for it has no ${lost.join(', ')}`] };
  }
  const unknown = readDeletePolicies(annotations).unknown.filter((word) => !isTemplate(word));
  const own = annotations[OWN_DELETE]; // both annotations count: gitops-engine/pkg/sync/hook/delete_policy.go
  const helms = own !== undefined && annotations[HOOK_DELETE_POLICY] === undefined ? [] : deletePolicies.map((policy) => POLICIES[policy]);
  const policies = [...(own === undefined ? [] : [own]), ...helms];
  return {
    does: [
      `runs it as ${phases.join(' and ')}, in wave ${annotations[OWN_WAVE] ?? weight ?? 'of the template'}`,
      `deletes it by ${policies.length === 0 ? 'BeforeHookCreation' : policies.join(', ')}`,
    ],
    loses: [
      ...merged(hook),
      ...(lost.length === 0 ? [] : [`the events ${lost.join(', ')}, which it does not have`]),
      ...beside(hook, others),
      ...(unknown.length === 0 ? [] : [`the policy ${unknown.map((word) => JSON.stringify(word)).join(', ')}, for which it takes BeforeHookCreation`]),
      ...(annotations[HOOK_OUTPUT_LOG_POLICY] === undefined ? [] : ['the log policy']),
    ],
  };
}

/** Argo CD, which maps Helm's hooks to its own. */
export const ARGOCD: Engine = {
  title: 'Argo CD',
  notes: [
    'Every sync is an upgrade to it, the first one too, and so is a rollback: a hook must do no harm when it runs again.',
    'Rollback and test hooks are not applied at all.',
    'A hook that fails fails the sync; nothing is rolled back.',
    'PreDelete needs Argo CD 3.3 or later.',
    'Weights become waves; waves follow each other, and what is in one wave runs together.',
    'Whether an object is a hook of Argo CD or of Helm is decided object by object.',
  ],
  judge,
};
