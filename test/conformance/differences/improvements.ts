import { Difference } from '../behaviour';

/** What we do otherwise when all goes well. */
export const IMPROVEMENTS: Readonly<Record<string, Difference>> = {
  'kinds-a-definition-as-hook-for-a-resource': {
    row: 'definition-and-resource',
    lines: [
      '- install: failed',
      '+ install: done',
      '+ record web v1 pending-install',
      '+ create CustomResourceDefinition/widgets.NAMESPACE.example.com',
      '+ create Widget/one',
      '+ record web v1 deployed',
      '+ left: CustomResourceDefinition/widgets.NAMESPACE.example.com',
      '+ left: Widget/one of Helm/NAMESPACE/web {"size":1}',
      '+ left: web v1 is deployed: Install complete',
      '+ left: web v1 holds Widget/one#88bf56',
      '+ left: web v1 hook CustomResourceDefinition/widgets.NAMESPACE.example.com#52a784 pre-install 0 before-hook-creation Succeeded',
    ],
  },
  'resources-a-definition-in-templates': {
    row: 'definition-and-resource',
    lines: [
      '- install: failed',
      '+ install: done',
      '+ record web v1 pending-install',
      '+ create CustomResourceDefinition/widgets.NAMESPACE.example.com',
      '+ create Widget/one',
      '+ record web v1 deployed',
      '+ left: CustomResourceDefinition/widgets.NAMESPACE.example.com of Helm/NAMESPACE/web',
      '+ left: Widget/one of Helm/NAMESPACE/web {"size":1}',
      '+ left: web v1 is deployed: Install complete',
      '+ left: web v1 holds CustomResourceDefinition/widgets.NAMESPACE.example.com#c8ac07 Widget/one#88bf56',
    ],
  },
  'failure-post-upgrade': {
    row: 'orphans',
    lines: [
      '+ delete ConfigMap/orphan',
      '- left: ConfigMap/orphan of Helm/NAMESPACE/web {"a":"1"}',
    ],
  },
  'resources-keep-in-another-case-on-upgrade': {
    row: 'keep',
    lines: [
      '- record web v2 pending-upgrade',
      '- delete ConfigMap/kept',
      '+ record web v2 pending-upgrade',
      '+ left: ConfigMap/kept of Helm/NAMESPACE/web {"a":"1"}',
    ],
  },
  'resources-keep-by-the-live-object': {
    row: 'keep',
    lines: [
      '- delete ConfigMap/two',
      '+ left: ConfigMap/two of Helm/NAMESPACE/web {"a":"1"}',
    ],
  },
  'closely-a-hook': {
    row: 'hook-outcome-at-once',
    lines: [
      '+ change Job/work (deadline)',
      '+ change Job/work (deadline)',
      '+ record web v1 pending-install (Succeeded)',
    ],
  },
  'closely-an-upgrade': {
    row: 'deployed-before-superseded',
    lines: [
      '- record web v1 superseded',
      '+ record web v1 superseded',
    ],
  },
  'events-of-the-revision-that-is-left': {
    row: 'source-hooks',
    lines: [
      '+ create Job/down',
      '+ left: Job/down succeeded',
      '+ left: web v2 hook Job/down#a161ce pre-rollback-from-source 0 before-hook-creation never ran',
    ],
  },
  'resources-definitions-new-with-an-upgrade': {
    row: 'new-definitions',
    lines: [
      '- upgrade: failed',
      '+ upgrade: done',
      '+ create CustomResourceDefinition/widgets.NAMESPACE.example.com',
      '+ record web v2 pending-upgrade',
      '+ create Widget/one',
      '+ record web v1 superseded',
      '+ record web v2 deployed',
      '- left: web v1 is deployed: Install complete',
      '+ left: CustomResourceDefinition/widgets.NAMESPACE.example.com',
      '+ left: Widget/one of Helm/NAMESPACE/web {"size":1}',
      '+ left: web v1 is superseded: Install complete',
      '+ left: web v2 is deployed: Upgrade complete',
      '+ left: web v2 holds ConfigMap/settings#57e565 Widget/one#88bf56',
    ],
  },
  'closely-pruning': {
    row: ['deployed-before-superseded', 'pruning-after-the-record'],
    lines: [
      '- record web v1 superseded',
      '+ record web v1 superseded',
      '- forget web v1',
      '+ forget web v1',
      '- record web v2 superseded',
      '+ record web v2 superseded',
    ],
  },
  'flags-keep-history-then-upgrade-or-install': {
    row: 'deployed-before-superseded',
    lines: [
      '- record web v1 superseded',
      '+ record web v1 superseded',
    ],
  },
};
