import { liveState } from '../../src/report/live-state';

test('a line of a hook says which container or Pod it is of where several print', () => {
  const hook = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'm' }, weight: 0, pod: 'm-x', container: 'init' } as const;
  const event = { at: '2026-01-01T00:00:00.000Z', kind: 'hook-log', ...hook } as const;
  const state = ([{ ...event, line: 'one' }, { ...event, among: 'containers', line: 'two' }, { ...event, among: 'pods', line: 'three' }] as const).reduce(liveState, []);
  expect(state.at(-1)?.before.at(0)?.logs).toEqual(['one', 'init| two', 'm-x/init| three']);
});
