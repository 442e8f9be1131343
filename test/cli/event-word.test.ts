import { Asker, asked } from '../../src/cli/event-word';
import { ReleaseClaim } from '../../src/release';

const CLAIM: ReleaseClaim = { schema: 1, release: 'web', holder: 'us', opening: 'o1', revision: 1, installed: false, opened: { event: 'pre-install', run: 'r1' } };
const INSTALLED: ReleaseClaim = { ...CLAIM, installed: true, closing: { id: 'c1', run: 'r1', state: 'succeeded' } };
const FAILED: ReleaseClaim = { ...CLAIM, closing: { id: 'c1', run: 'r1', state: 'begun' } };
const UPGRADED: ReleaseClaim = { ...INSTALLED, revision: 2, opened: { event: 'pre-upgrade', run: 'r2' } };
const ROLLED: ReleaseClaim = { ...INSTALLED, revision: 2, opened: { event: 'pre-rollback', run: 'r2' } };

const ask = (claim: ReleaseClaim | undefined, asker: Pick<Asker, 'word'> & Partial<Asker>) => asked(claim, { namespace: 'shop', owner: 'us', ...asker });

const NEW = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

test.each<[string, Asker['word'], ReleaseClaim | undefined, string, string]>([
  ['a release that nobody knows', 'pre-apply', undefined, 'pre-install', NEW],
  ['one whose pre-install hooks have run', 'pre-apply', CLAIM, 'pre-install', NEW],
  ['one whose post-install hooks have failed', 'pre-apply', FAILED, 'pre-install', NEW],
  ['one that is installed', 'pre-apply', INSTALLED, 'pre-upgrade', NEW],
  ['a release that nobody knows', 'post-apply', undefined, 'post-install', NEW],
  ['one whose pre-install hooks have run', 'post-apply', CLAIM, 'post-install', 'r1'],
  ['one whose post-install hooks have failed', 'post-apply', FAILED, 'post-install', 'r1'],
  ['one whose post-install hooks have succeeded', 'post-apply', INSTALLED, 'post-install', 'r1'],
  ['one whose pre-upgrade hooks have run', 'post-apply', UPGRADED, 'post-upgrade', 'r2'],
  ['one whose pre-rollback hooks have run', 'post-apply', ROLLED, 'post-rollback', 'r2'],
  ['one of which only what comes after a change was ever run', 'post-apply', { ...INSTALLED, opened: undefined }, 'post-upgrade', NEW],
  ['one that is installed', 'pre-rollback', INSTALLED, 'pre-rollback', NEW],
  ['one whose pre-upgrade hooks have run', 'post-upgrade', UPGRADED, 'post-upgrade', 'r2'],
  ['one whose post-install hooks have succeeded', 'post-install', INSTALLED, 'post-install', NEW],
  ['one that is installed', 'pre-delete', INSTALLED, 'pre-delete', NEW],
])('of %s, %s hooks are those of an event of a change', (_release, word, claim, event, run) => {
  expect(ask(claim, { word })).toMatchObject({ event, run });
});

test.each<[string, Pick<Asker, 'word' | 'id'>, object]>([
  ['whoever begins a change is new', { word: 'pre-apply' }, { opening: NEW, closing: 'c1', id: NEW }],
  ['unless it was there before', { word: 'pre-apply', id: 'o7' }, { opening: 'o7', closing: 'c1', id: 'o7' }],
  ['whoever ends it is new', { word: 'post-apply' }, { opening: 'o1', closing: NEW, id: NEW }],
  ['unless it was there before, too', { word: 'post-apply', id: 'c7' }, { opening: 'o1', closing: 'c7', id: 'c7' }],
  ['a deletion begins with whoever ended the last change', { word: 'pre-delete' }, { opening: 'o1', closing: 'c1' }],
  ['or says that it was another', { word: 'pre-delete', id: 'c7' }, { opening: 'o1', closing: 'c7' }],
  ['it ends with whoever began the last change', { word: 'post-delete' }, { opening: 'o1', closing: 'c1' }],
  ['or says that it was another one', { word: 'post-delete', id: 'o7' }, { opening: 'o7', closing: 'c1' }],
])('%s', (_what, asker, sides) => {
  expect(ask(INSTALLED, asker)).toMatchObject(sides);
});

test.each(['pre-delete', 'post-delete'] as const)('%s hooks are not run for a release of another', (word) => {
  expect(() => ask(INSTALLED, { word, owner: 'them' })).toThrow('Release "web" in namespace shop belongs to another: us');
});

test.each(['pre-delete', 'post-delete'] as const)('%s hooks are asked for by one that was replaced, and whose release another has by now', (word) => {
  expect(ask(INSTALLED, { word, owner: 'them', id: 'x1' })).toMatchObject({ opening: 'x1' });
});

test('what is taken over is ended', () => {
  expect(ask(INSTALLED, { word: 'post-delete', owner: 'them', takeOwnership: true })).toMatchObject({ holder: 'them', opening: 'o1' });
});
