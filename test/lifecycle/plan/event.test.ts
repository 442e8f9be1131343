import { EventPlan, EventRequest, SkippedEvent, planEvent } from '../../../src/lifecycle';
import { ReleaseClaim } from '../../../src/release';
import { content, job, withMetadata } from '../../release/manifests';

const { hooks: HOOKS } = content(
  job('prepare', { on: 'pre-install' }), job('seed', { on: 'post-install' }), job('backup', { on: 'pre-upgrade,pre-delete', weight: -10 }),
  job('migrate', { on: 'pre-upgrade' }), job('warm', { on: 'post-upgrade' }), job('undo', { on: 'pre-rollback', weight: 5 }), job('redo', { on: 'post-rollback' }),
  job('clean', { on: 'post-delete' }),
);
const { hooks: LEFT } = content(
  job('drain', { on: 'pre-rollback-from-source' }), job('report', { on: 'post-rollback-from-source' }), job('migrate', { on: 'pre-upgrade' }),
);

const REQUEST: EventRequest = {
  release: 'web', namespace: 'shop', event: 'pre-upgrade', hooks: HOOKS, left: LEFT, holder: 'urn:web', opening: 'o1', closing: 'c1', run: 'r2',
};
const CLAIM: ReleaseClaim = {
  schema: 1, release: 'web', holder: 'urn:web', opening: 'o1', closing: { id: 'c1', run: 'r1', state: 'succeeded' }, revision: 3, installed: true,
};

function planned(claim: ReleaseClaim | undefined, request: Partial<EventRequest> = {}): EventPlan {
  const plan = planEvent(claim, { ...REQUEST, ...request });
  if ('skipped' in plan) throw new Error(plan.skipped);
  return plan;
}

function skipped(claim: ReleaseClaim | undefined, request: Partial<EventRequest>): string {
  return (planEvent(claim, { ...REQUEST, ...request }) as SkippedEvent).skipped;
}

const names = (steps: EventPlan['steps']['before']) => steps.map(({ hook }) => hook.ref.name);

test.each([
  ['pre-install', 'install', ['prepare'], []],
  ['post-install', 'install', [], ['seed']],
  ['pre-upgrade', 'upgrade', ['backup', 'migrate'], []],
  ['post-upgrade', 'upgrade', [], ['warm']],
  ['pre-rollback', 'rollback', ['undo', 'drain'], []],
  ['post-rollback', 'rollback', [], ['redo', 'report']],
  ['pre-delete', 'uninstall', ['backup'], []],
  ['post-delete', 'uninstall', [], ['clean']],
] as const)('at %s of an operation %s, %j run before the change and %j after it', (event, operation, before, after) => {
  const { steps } = planned(CLAIM, { event });
  expect([steps.operation, names(steps.before), names(steps.after)]).toEqual([operation, before, after]);
  expect([steps.apply, steps.remove, steps.definitions]).toEqual([[], [], []]);
});

describe('if a hook of the event fails', () => {
  const always = (name: string, on: string) => withMetadata(job(name, { on }), { annotations: { 'cdk8s-lifecycle/always': 'true' } });
  const { hooks } = content(...['migrate', 'backup'].map((name) => job(name, { on: 'pre-upgrade,pre-rollback' })), job('tell', { on: 'on-failure' }),
    always('down', 'post-upgrade,post-rollback'), job('warm', { on: 'post-upgrade' }));
  const { hooks: left } = content(always('drain', 'post-rollback-from-source'), job('tell-left', { on: 'on-failure' }));

  test.each([
    ['pre-upgrade', ['on-failure tell', 'post-upgrade down']],
    ['post-upgrade', ['on-failure tell']],
    ['pre-rollback', ['on-failure tell', 'post-rollback down', 'post-rollback-from-source drain']],
    ['pre-delete', ['on-failure tell']],
  ] as const)('at %s, %j run: nobody calls the post-event then', (event, expected) => {
    expect(planned(CLAIM, { event, hooks, left }).steps.afterFailure.map((step) => `${step.event} ${step.hook.ref.name}`)).toEqual(expected);
  });
});

test.each([
  ['pre-install', undefined, 1],
  ['pre-upgrade', CLAIM, 4],
  ['pre-rollback', CLAIM, 4],
  ['post-install', CLAIM, 3],
  ['post-upgrade', CLAIM, 3],
  ['pre-delete', CLAIM, 3],
  ['post-delete', CLAIM, 3],
  ['post-delete', undefined, 1],
] as const)('%s counts: %j becomes revision %i', (event, claim, revision) => {
  const { begin, steps } = planned(claim, { event });
  expect([begin.revision, steps.revision]).toEqual([revision, revision]);
});

test('a change begins with a claim that says whose it is, and that it is not installed', () => {
  const opened = { event: 'pre-install', run: 'r2' };
  const begun = { schema: 1, release: 'web', holder: 'urn:web', opening: 'o1', opened, revision: 1, installed: false };
  expect(planned(undefined, { event: 'pre-install' })).toMatchObject({ begin: begun, end: begun });
  expect(planned({ ...CLAIM, opened: { event: 'pre-install', run: 'r1' } }).begin.opened).toEqual({ event: 'pre-upgrade', run: 'r2' });
});

test('the hooks after a change end the run that began it, and the release is installed', () => {
  const { begin, end } = planned({ ...CLAIM, installed: false }, { event: 'post-install' });
  expect([begin.closing, begin.installed]).toEqual([{ id: 'c1', run: 'r2', state: 'begun' }, false]);
  expect([end?.closing, end?.installed]).toEqual([{ id: 'c1', run: 'r2', state: 'succeeded' }, true]);
});

test('once the hooks after a deletion have succeeded there is no claim', () => {
  expect(planned(CLAIM, { event: 'post-delete' }).end).toBeUndefined();
});

test.each([
  ['have succeeded for this run', 'r1', 'succeeded', 'post-upgrade hooks do not run: they have succeeded for this very change'],
  ['have failed for this run', 'r1', 'begun', undefined],
  ['have succeeded for another run', 'r2', 'succeeded', undefined],
] as const)('hooks after a change that %s: %s %s', (_, run, state, reason) => {
  expect(skipped({ ...CLAIM, closing: { id: 'c1', run: 'r1', state } }, { event: 'post-upgrade', run })).toBe(reason);
});

test('whoever asks for hooks that have succeeded takes the place of who ran them: the deletion is theirs', () => {
  const claim = { ...CLAIM, opened: { event: 'pre-upgrade', run: 'r1' } } as const;
  expect(planEvent(claim, { ...REQUEST, event: 'post-upgrade', run: 'r1', closing: 'c2' })).toEqual({
    skipped: expect.any(String) as string, claim: { ...claim, closing: { id: 'c2', run: 'r1', state: 'succeeded' } },
  });
});

const OTHER = { holder: 'urn:other', opening: 'o2', closing: 'c2' };

test.each([
  ['nobody', undefined, OTHER, true],
  ['the same holder', CLAIM, { ...OTHER, holder: 'urn:web' }, true],
  ['the same opening under another name', CLAIM, { ...OTHER, opening: 'o1' }, true],
  ['another holder', CLAIM, OTHER, false],
  ['another holder, which is taken over', CLAIM, { ...OTHER, settings: { takeOwnership: true } }, true],
] as const)('a release of %s', (_, claim, request, allowed) => {
  const plan = () => planned(claim, request);
  if (allowed) expect(plan().begin).toMatchObject({ holder: request.holder, opening: request.opening });
  else expect(plan).toThrow(expect.objectContaining({ code: 'refused', message: 'Release "web" in namespace shop belongs to another: urn:web' }));
});

test.each([
  ['pre-delete', { opening: 'o2' }, true],
  ['pre-delete', { closing: 'c2' }, true],
  ['pre-delete', {}, false],
  ['post-delete', { opening: 'o2' }, true],
  ['post-delete', { closing: 'c2' }, false],
  ['post-delete', OTHER, true],
] as const)('%s of %j is of one that was replaced: %p', (event, request, replaced) => {
  const reason = `${event} hooks do not run: the release lives on, what is deleted here was replaced`;
  expect(skipped(CLAIM, { event, ...request })).toBe(replaced ? reason : undefined);
});

test('a deletion after an installation that never closed runs: there is no closing to be replaced', () => {
  const { closing: _, ...open } = CLAIM;
  expect(skipped(open, { event: 'pre-delete', closing: 'c9' })).toBeUndefined();
});
