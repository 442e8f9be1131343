import { HookEventName } from '../vocabulary';
import { HookSubject, runsBefore } from './subject';

/** Whether the object of a hook is there when another hook starts. */
export type Fate = 'there' | 'deleted' | 'not-yet';

const INSTALL: readonly HookEventName[] = ['pre-install', 'post-install'];
const UPGRADE: readonly HookEventName[] = ['pre-upgrade', 'post-upgrade'];

/** The events that have come, or may have, whenever an event comes: a rollback has an upgrade behind it, an uninstall perhaps none. */
const EARLIER: Readonly<Record<HookEventName, readonly HookEventName[]>> = {
  'pre-install': [],
  'post-install': ['pre-install'],
  'pre-upgrade': INSTALL,
  'post-upgrade': [...INSTALL, 'pre-upgrade'],
  'pre-rollback': [...INSTALL, ...UPGRADE],
  'pre-rollback-from-source': [...INSTALL, ...UPGRADE],
  'post-rollback': [...INSTALL, ...UPGRADE, 'pre-rollback', 'pre-rollback-from-source'],
  'post-rollback-from-source': [...INSTALL, ...UPGRADE, 'pre-rollback', 'pre-rollback-from-source'],
  'pre-delete': INSTALL,
  'post-delete': [...INSTALL, 'pre-delete'],
  'test': INSTALL,
  'on-failure': [...INSTALL, ...UPGRADE, 'pre-rollback', 'pre-delete'],
};

/** What has become of the object of one hook when another starts at an event. */
export function fate(maker: HookSubject, user: HookSubject, event: HookEventName): Fate {
  if (maker.hook.events.includes(event) && runsBefore(maker, user) !== false) return 'there';
  if (!maker.hook.events.some((each) => EARLIER[event].includes(each))) return 'not-yet';
  return maker.hook.deletePolicies?.includes('hook-succeeded') === true ? 'deleted' : 'there';
}
