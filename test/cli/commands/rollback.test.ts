import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { configMap, job } from '../../release/manifests';
import { SimulatedCli } from '../simulated-cli';

/* Rollbacks over migrations that nothing takes back. */

const MIGRATION = job('migrate', { on: 'pre-upgrade' });
const IRREVERSIBLE = { ...MIGRATION, metadata: { ...MIGRATION.metadata, annotations: { ...MIGRATION.metadata.annotations, 'cdk8s-lifecycle/irreversible': 'true' } } };

let cli: SimulatedCli;

beforeEach(async () => {
  cli = await SimulatedCli.open({ jobs: { bad: { exitCode: 1 } } });
  await cli.run('install', 'web', cli.manifests(configMap('a')));
});

afterEach(() => cli.close());

const statuses = async () => (await cli.run('history', 'web')).out.slice(1).map((line) => line.split(/ {2,}/)[2]);

test('docs/runner.md shows the refusal; with --accept-data-loss it is done', async () => {
  await cli.run('upgrade', 'web', cli.manifests(configMap('a', { x: '1' }), IRREVERSIBLE));
  const refused = await cli.run('rollback', 'web', '1');
  const guide = readFileSync(resolve(__dirname, '../../../docs/runner.md'), 'utf8');
  const shown = guide.split('<!-- output: rollback web 1, over an irreversible migration -->\n```\n')[1].split('\n```')[0];
  expect([refused.code, refused.err.join('\n'), await statuses()]).toEqual([1, shown, ['superseded', 'deployed']]);
  expect([(await cli.run('plan', 'web', '--for', 'rollback')).code, (await cli.run('plan', 'web', '--for', 'rollback', '--accept-data-loss')).code]).toEqual([1, 0]);
  expect([(await cli.run('rollback', 'web', '1', '--accept-data-loss')).code, await statuses()]).toEqual([0, ['superseded', 'superseded', 'deployed']]);
});

test.each([
  [[], /It could not be taken back: A rollback to revision 1 does not take back what Job\/migrate of revision 2 did/, ['deployed', 'failed']],
  [['--accept-data-loss'], /rollback/, ['superseded', 'failed', 'deployed']],
])('a failed upgrade is taken back over it with %j alone', async (flags, said, history) => {
  const manifests = cli.manifests(configMap('a', { x: '1' }), IRREVERSIBLE, job('bad', { on: 'post-upgrade' }));
  const { code, out, err } = await cli.run('upgrade', 'web', manifests, '--rollback-on-failure', ...flags);
  expect([code, [...out, ...err].join('\n')]).toEqual([1, expect.stringMatching(said) as string]);
  expect(await statuses()).toEqual(history);
});
