import { Difference } from '../behaviour';

/** What we do otherwise when all goes well. */
export const IMPROVEMENTS: Readonly<Record<string, Difference>> = {
  'events-pre-delete': {
    row: 'pre-delete-status',
    lines: [
      '- record web v1 uninstalling',
      '+ record web v1 uninstalling',
    ],
  },
  'events-all-of-them': {
    row: 'pre-delete-status',
    lines: [
      '- record web v3 uninstalling',
      '+ record web v3 uninstalling',
    ],
  },
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
  'failure-uninstall-after-a-failed-upgrade': {
    row: 'orphans',
    lines: [
      '+ delete ConfigMap/only-in-1',
      '- left: ConfigMap/only-in-1 of Helm/NAMESPACE/web {"a":"1"}',
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
};
