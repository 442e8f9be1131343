/** The events of a release at which Helm runs hooks. */
export const HELM_EVENTS = [
  'pre-install',
  'post-install',
  'pre-upgrade',
  'post-upgrade',
  'pre-rollback',
  'post-rollback',
  'pre-delete',
  'post-delete',
  'test',
] as const;

/** Events of ours, for hooks of the revision that a rollback leaves. Helm drops an object that names one. */
export const SOURCE_EVENTS = ['pre-rollback-from-source', 'post-rollback-from-source'] as const;

/** An event of ours, for hooks that run when an operation has failed, whichever it was. Helm drops an object that names it. */
export const ON_FAILURE = 'on-failure';

/** Every event of ours: an object that names one is no hook to Helm, and no resource either. */
export const OUR_EVENTS = [...SOURCE_EVENTS, ON_FAILURE] as const;

/** Every event at which hooks run. */
export const HOOK_EVENTS = [...HELM_EVENTS, ...OUR_EVENTS] as const;

/** One of the events. */
export type HookEventName = (typeof HOOK_EVENTS)[number];

/** Whether its hooks run when the resources have been changed: of these alone it can be said that they run in any case. */
export function isPostEvent(event: HookEventName): boolean {
  return event.startsWith('post-');
}

/** What older charts say, and Helm still reads: pkg/release/v1/util/manifest_sorter.go. */
const ALIASES: ReadonlyMap<string, HookEventName> = new Map([['test-success', 'test']]);

/** The event that a word of `helm.sh/hook` names, or nothing where Helm knows none. */
export function hookEvent(word: string): HookEventName | undefined {
  return HOOK_EVENTS.find((event) => event === word) ?? ALIASES.get(word);
}
