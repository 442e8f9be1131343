import { spawnSync } from 'node:child_process';
import { Chart, Testing } from 'cdk8s';
import { CHAPTERS } from '../../examples/guide/chapters';
import { KubeObject } from '../../src/vocabulary';

/** What a chapter synthesizes, by the names of the objects. */
function chapter(name: string): Record<string, KubeObject> {
  const chart = new Chart(Testing.app(), name, { disableResourceNameHashes: true });
  CHAPTERS[name](chart);
  return Object.fromEntries((Testing.synth(chart) as KubeObject[]).map((object) => [object.metadata.name!, object]));
}

/** The annotations of hooks, by their names: events, weight, delete policies. */
function hooks(name: string): Record<string, string[]> {
  const annotated = Object.entries(chapter(name)).filter(([, { metadata }]) => metadata.annotations?.['helm.sh/hook'] !== undefined);
  const keys = ['helm.sh/hook', 'helm.sh/hook-weight', 'helm.sh/hook-delete-policy'];
  return Object.fromEntries(annotated.map(([each, { metadata }]) => [each, keys.map((key) => metadata.annotations![key])]));
}

interface PodSpec {
  readonly containers: readonly { readonly command: readonly string[] }[];
}

const podOf = ({ spec }: KubeObject) => (spec as { readonly template: { readonly spec: PodSpec } }).template.spec;
const PASSWORD = { valueFrom: { secretKeyRef: { name: 'webapp-postgresql', key: 'postgres-password' } } };

test('Database Migration Hook', () => {
  expect(hooks('migration')).toEqual({ 'webapp-db-migration': ['post-install,pre-upgrade', '1', 'before-hook-creation'] });
  expect(chapter('migration')['webapp-db-migration']).toMatchObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              image: 'registry.example.com/webapp:2.0.0',
              command: ['npm', 'run', 'migrate'],
              env: [
                { name: 'DB_HOST', value: 'webapp-postgresql' },
                { name: 'DB_NAME', value: 'webapp' },
                { name: 'DB_PASSWORD', ...PASSWORD },
              ],
            },
          ],
        },
      },
    },
  });
});

test('Backup Hook (Pre-Upgrade)', () => {
  const name = 'webapp-backup-{{ .Release.Revision }}';
  expect(hooks('backup')).toEqual({ [name]: ['pre-upgrade', '-1', 'hook-succeeded'] });
  const backup = chapter('backup')[name];
  expect(backup).toMatchObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              image: 'docker.io/library/postgres:16',
              command: ['sh', '-c', expect.stringContaining('pg_dump')],
              env: expect.arrayContaining([
                { name: 'PGHOST', value: 'webapp-postgresql' },
                { name: 'PGUSER', value: 'postgres' },
                { name: 'PGDATABASE', value: 'webapp' },
                { name: 'PGPASSWORD', ...PASSWORD },
              ]),
              volumeMounts: expect.arrayContaining([{ name: 'dumps', mountPath: '/dumps' }]),
            },
          ],
          volumes: expect.arrayContaining([{ name: 'dumps', persistentVolumeClaim: { claimName: 'backup-pvc', readOnly: false } }]),
        },
      },
    },
  });
});

test('Cleanup Hook (Post-Delete), which is replaced as well', () => {
  expect(hooks('cleanup')).toEqual({ 'webapp-cleanup': ['post-delete', '1', 'before-hook-creation,hook-succeeded'] });
  expect(chapter('cleanup')['webapp-cleanup']).toMatchObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [{ image: 'docker.io/library/alpine:3.16', command: ['/bin/sh', '-c', 'echo "Cleaning up external resources..."'] }],
        },
      },
    },
  });
});

test('Init Container: every Pod waits for the database, and is no hook', () => {
  expect(hooks('wait-for-db')).toEqual({});
  expect(chapter('wait-for-db').webapp).toMatchObject({
    kind: 'Deployment',
    spec: {
      template: {
        spec: {
          initContainers: [
            {
              name: 'wait-for-webapp-postgresql-5432',
              command: ['sh', '-c', expect.stringContaining('telnet://$ADDRESS')],
              env: expect.arrayContaining([{ name: 'ADDRESS', value: 'webapp-postgresql:5432' }, { name: 'TIMEOUT', value: '120' }, { name: 'INTERVAL', value: '2' }]),
            },
          ],
        },
      },
    },
  });
});

test('Hook: the database is set up once a release, when its server is there', () => {
  expect(hooks('database-setup')).toEqual({ 'webapp-db-setup': ['post-install', '1', 'before-hook-creation'] });
  expect(chapter('database-setup')['webapp-db-setup']).toMatchObject({
    apiVersion: 'batch/v1',
    kind: 'Job',
    spec: {
      template: {
        spec: {
          initContainers: [{ name: 'wait-for-postgres-postgres' }],
          containers: [
            {
              image: 'docker.io/library/postgres:16',
              command: ['sh', '-c', expect.stringContaining('CREATE DATABASE')],
              env: expect.arrayContaining([
                { name: 'PGHOST', value: 'webapp-postgresql' },
                { name: 'PGDATABASE', value: 'postgres' },
                { name: 'PGPASSWORD', ...PASSWORD },
                { name: 'NEW_DATABASE', value: 'webapp' },
              ]),
            },
          ],
        },
      },
    },
  });
});

test('Hook Weights: backup, migration, seed, notification', () => {
  expect(hooks('order')).toEqual({
    'order-backup': ['pre-upgrade,pre-delete', '-2', 'before-hook-creation'],
    'order-migrate': ['post-install,pre-upgrade', '-1', 'before-hook-creation'],
    'order-seed': ['post-install', '0', 'before-hook-creation'],
    'order-notify': ['post-install,post-upgrade,post-delete', '1', 'before-hook-creation,hook-succeeded'],
  });
});

test('Hook Deletion Policies: all four forms', () => {
  const policies = Object.fromEntries(Object.entries(hooks('delete-policies')).map(([name, [, , policy]]) => [name, policy]));
  expect(policies).toEqual({
    'webapp-replaced': 'before-hook-creation',
    'webapp-gone-when-succeeded-{{ .Release.Revision }}': 'hook-succeeded',
    'webapp-gone-when-failed-{{ .Release.Revision }}': 'hook-failed',
    'webapp-replaced-or-gone': 'before-hook-creation,hook-succeeded',
  });
});

test.each(['backup', 'database-setup'])('the script of the chapter %s is one that a shell can read', (name) => {
  const [, , script] = podOf(Object.values(chapter(name))[0]).containers[0].command;
  expect(spawnSync('sh', ['-n'], { input: script, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  expect(script).toMatch(/^set -eu$/m);
});
