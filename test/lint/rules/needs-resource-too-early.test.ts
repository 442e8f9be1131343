import { needsResourceTooEarly } from '../../../src/lint/rules/needs-resource-too-early';
import { hook, job, pod, resource } from '../objects';
import { cases } from './cases';

cases(needsResourceTooEarly, {
  bad: [
    ['a ServiceAccount', ['it needs ServiceAccount/migrator'], job({ on: 'pre-install,pre-upgrade', pod: { serviceAccountName: 'migrator' } }), resource('ServiceAccount', 'migrator')],
    ['a Secret of a variable', ['it needs Secret/db'], job({ on: 'pre-install', container: { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'db', key: 'a' } } }] } }), resource('Secret', 'db')],
    ['a ConfigMap of a volume', ['it needs ConfigMap/sql'], job({ on: 'pre-install', pod: { volumes: [{ name: 'a', configMap: { name: 'sql' } }] } }), resource('ConfigMap', 'sql')],
    ['a volume', ['it needs PersistentVolumeClaim/data'], pod({ on: 'pre-install', pod: { volumes: [{ name: 'a', persistentVolumeClaim: { claimName: 'data' } }] } }), resource('PersistentVolumeClaim', 'data')],
  ],
  good: [
    ['at post-install', job({ on: 'post-install', pod: { serviceAccountName: 'migrator' } }), resource('ServiceAccount', 'migrator')],
    ['at pre-upgrade: it is there since the install', job({ on: 'pre-upgrade', pod: { serviceAccountName: 'migrator' } }), resource('ServiceAccount', 'migrator')],
    ['what somebody else makes', job({ on: 'pre-install', pod: { serviceAccountName: 'default' } })],
    ['what may be missing', job({ on: 'pre-install', container: { envFrom: [{ secretRef: { name: 'db', optional: true } }] } }), resource('Secret', 'db')],
    ['the Secret of a registry, without which a Pod starts', job({ on: 'pre-install', pod: { imagePullSecrets: [{ name: 'regcred' }] } }), resource('Secret', 'regcred')],
    ['a hook', job({ on: 'pre-install', pod: { serviceAccountName: 'migrator' } }), hook('ServiceAccount', { name: 'migrator', on: 'pre-install', weight: '-5' })],
    ['another namespace', job({ on: 'pre-install', pod: { serviceAccountName: 'a' }, metadata: { namespace: 'other' } }), resource('ServiceAccount', 'a')],
    ['what Helm does not wait for', hook('Deployment', { on: 'pre-install', apiVersion: 'apps/v1', spec: { template: { spec: { serviceAccountName: 'a' } } } }), resource('ServiceAccount', 'a')],
  ],
});
