import { needsDeletedResource } from '../../../src/lint/rules/needs-deleted-resource';
import { job, resource } from '../objects';
import { cases } from './cases';

cases(needsDeletedResource, {
  bad: [
    ['a Secret', ['at post-delete it needs Secret/db'], job({ on: 'post-delete', container: { envFrom: [{ secretRef: { name: 'db' } }] } }), resource('Secret', 'db')],
    ['a ServiceAccount', ['it needs ServiceAccount/cleaner'], job({ on: 'pre-delete,post-delete', pod: { serviceAccountName: 'cleaner' } }), resource('ServiceAccount', 'cleaner')],
  ],
  good: [
    ['at pre-delete', job({ on: 'pre-delete', pod: { serviceAccountName: 'cleaner' } }), resource('ServiceAccount', 'cleaner')],
    ['what is kept', job({ on: 'post-delete', container: { envFrom: [{ secretRef: { name: 'db' } }] } }), resource('Secret', 'db', { 'helm.sh/resource-policy': 'keep' })],
    ['what somebody else makes', job({ on: 'post-delete', container: { envFrom: [{ secretRef: { name: 'db' } }] } })],
    ['what may be missing', job({ on: 'post-delete', container: { envFrom: [{ configMapRef: { name: 'a', optional: true } }] } }), resource('ConfigMap', 'a')],
  ],
});
