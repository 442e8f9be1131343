import { Difference } from '../behaviour';

const LEFTOVERS = 'hook-objects-on-uninstall';

/** What goes when a release goes. */
export const UNINSTALLS: Readonly<Record<string, Difference>> = {
  'events-post-delete': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/after',
      '- left: Job/after succeeded',
    ],
  },
  'events-pre-delete': {
    row: ['pre-delete-status', LEFTOVERS],
    lines: [
      '- record web v1 uninstalling',
      '+ record web v1 uninstalling',
      '+ delete Job/before',
      '- left: Job/before succeeded',
    ],
  },
  'events-delete-hooks-of-the-last-revision': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/new',
      '- left: Job/new succeeded',
    ],
  },
  'events-all-of-them': {
    row: ['pre-delete-status', LEFTOVERS],
    lines: [
      '- record web v3 uninstalling',
      '+ record web v3 uninstalling',
      '+ delete Job/always',
      '- left: Job/always succeeded',
    ],
  },
  'events-hooks-are-no-resources': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/migrate',
      '- left: Job/migrate succeeded',
    ],
  },
  'events-only-hooks': {
    row: LEFTOVERS,
    lines: [
      '- forget web v1',
      '+ delete Job/work',
      '+ forget web v1',
      '- left: Job/work succeeded',
    ],
  },
  'failure-uninstall-of-a-failed-install': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/work',
      '+ delete Job/last',
      '- left: Job/last succeeded',
      '- left: Job/work failed',
    ],
  },
  'failure-uninstall-after-a-failed-upgrade': {
    row: ['orphans', LEFTOVERS],
    lines: [
      '+ delete ConfigMap/only-in-1',
      '+ delete Job/work',
      '- left: ConfigMap/only-in-1 of Helm/NAMESPACE/web {"a":"1"}',
      '- left: Job/work failed',
    ],
  },
  'failure-killed': {
    row: ['crash', LEFTOVERS],
    lines: [
      '- upgrade: failed',
      '+ upgrade: done',
      '+ change Job/slow',
      '+ record web v1 failed',
      '+ record web v2 pending-upgrade',
      '+ create ConfigMap/settings',
      '+ record web v1 superseded',
      '+ record web v2 deployed',
      '- record web v1 uninstalling',
      '+ record web v2 uninstalling',
      '+ delete ConfigMap/settings',
      '+ delete Job/slow',
      '- left: Job/slow running',
      '+ forget web v2',
    ],
  },
  'wait-on-uninstall': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/work',
      '- left: Job/work succeeded',
    ],
  },
  'flags-atomic-install': {
    row: ['failed-before-taken-back', LEFTOVERS],
    lines: [
      '+ record web v1 failed',
      '+ delete Job/last',
      '- left: Job/last succeeded',
    ],
  },
  'flags-keep-history-then-purge': {
    row: LEFTOVERS,
    lines: [
      '+ delete Job/last',
      '- left: Job/last succeeded',
    ],
  },
};
