import * as kplus from 'cdk8s-plus-27';
import { BackupHook, BackupHookProps, DeletePolicy, HookEvent } from '../../src/hooks';
import { BACKUP } from '../../src/hooks/scripts/backup';
import { shell } from '../../src/hooks/shell';
import { CONNECTION, dumps, environmentOf, podOf, shopDatabase } from './database/hooks';
import { newChart, synth } from './synth';

test('it runs at its usual events, with its usual policies', () => {
  const chart = newChart();
  new BackupHook(chart, 'hook', { image: 'tool:1', command: ['run'], args: ['--fast'] });
  expect(synth(chart)['web-hook']).toMatchObject({
    metadata: { annotations: { 'helm.sh/hook': 'pre-upgrade,pre-delete', 'helm.sh/hook-weight': '0', 'helm.sh/hook-delete-policy': 'before-hook-creation' } },
    spec: { template: { spec: { containers: [{ image: 'tool:1', command: ['run'], args: ['--fast'] }] } } },
  });
});

test('it runs at other events, with other policies, where it is told to', () => {
  const chart = newChart();
  new BackupHook(chart, 'hook', { image: 'tool:1', on: [HookEvent.TEST], deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_FAILED] });
  expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({
    'helm.sh/hook': 'test',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-failed',
  });
});

test('props that are undefined hide no default', () => {
  const [implicit, explicit] = [newChart(), newChart()];
  new BackupHook(implicit, 'hook', { image: 'tool:1' });
  new BackupHook(explicit, 'hook', { image: 'tool:1', on: undefined, deletePolicies: undefined, retries: undefined });
  expect(synth(explicit)).toEqual(synth(implicit));
});

describe('a dump of a database', () => {
  test('the script, the image and the user are those of its clients, and the claim is mounted', () => {
    const chart = newChart();
    new BackupHook(chart, 'hook', { database: shopDatabase(chart), destination: dumps(chart) });
    const { containers: [container], volumes, securityContext } = podOf(chart, 'web-hook');
    expect(container.image).toBe('docker.io/library/postgres:16');
    expect(container.command).toEqual(shell(BACKUP));
    expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, KEEP: '5', BACKUPS: '/dumps' });
    expect(container.volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }, { name: 'dumps', mountPath: '/dumps' }]);
    expect(volumes).toContainEqual({ name: 'dumps', persistentVolumeClaim: { claimName: 'shop-dumps', readOnly: false } });
    expect(securityContext).toMatchObject({ runAsUser: 999, fsGroup: 999 });
    expect(synth(chart)['web-hook'].metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-upgrade,pre-delete' });
  });

  test('how many are kept and the revision are told; another image brings its own user', () => {
    const chart = newChart();
    const database = shopDatabase(chart);
    new BackupHook(chart, 'hook', { database, destination: dumps(chart), keep: 12, revision: '{{ .Release.Revision }}', image: 'tools:1', env: { PGCONNECT_TIMEOUT: kplus.EnvValue.fromValue('60') } });
    expect(environmentOf(chart, 'web-hook')).toEqual({ ...CONNECTION, PGCONNECT_TIMEOUT: '60', KEEP: '12', REVISION: '{{ .Release.Revision }}', BACKUPS: '/dumps' });
    const { containers: [{ image }], securityContext } = podOf(chart, 'web-hook');
    expect([image, securityContext.runAsUser]).toEqual(['tools:1', undefined]);
  });

  test.each<[Partial<BackupHookProps>, string]>([
    [{}, 'web/hook has nothing to save: give it a database and a destination, or an image that makes the copy'],
    [{ keep: 0 }, 'web/hook is to keep 0 dumps: give it a whole number from 1 on'],
    [{ keep: 1.5 }, 'web/hook is to keep 1.5 dumps: give it a whole number from 1 on'],
  ])('%j is refused', (props, message) => {
    const chart = newChart();
    const database = 'keep' in props ? { database: shopDatabase(chart), destination: dumps(chart) } : {};
    expect(() => new BackupHook(chart, 'hook', { ...database, ...props })).toThrow(message);
  });

  test('a database without a destination is refused', () => {
    const chart = newChart();
    expect(() => new BackupHook(chart, 'hook', { database: shopDatabase(chart) })).toThrow('web/hook has no destination for its dumps: give it a PersistentVolumeClaim');
  });
});
