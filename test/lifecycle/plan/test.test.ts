import { TestFilter, planTest } from '../../../src/lifecycle';
import { configMap, job } from '../../release/manifests';
import { historyOf, record } from '../../release/records';
import { OPTIONS, refusalOf, steps } from './plans';

const TESTS = [job('smoke', { on: 'test' }), job('login', { on: 'test-success', weight: -1 }), job('other', { on: 'post-install' }), configMap('a')];

const HISTORY = historyOf(record(1, 'deployed'), record(2, 'failed', TESTS));

test.each<readonly [string, Partial<TestFilter>, readonly string[]]>([
  ['all, in the order of hooks', {}, ['test login', 'test smoke']],
  ['only those that are named', { only: ['smoke'] }, ['test smoke']],
  ['all but those that are named', { except: ['smoke'] }, ['test login']],
  ['none that is both', { only: ['smoke'], except: ['smoke'] }, []],
])('the tests of the last revision run, whatever its status: %s', (_name, filter, expected) => {
  const plan = planTest(HISTORY, { only: [], except: [], ...filter }, OPTIONS);
  expect([plan.operation, plan.revision, steps(plan)]).toEqual(['test', 2, expected]);
});

test.each<readonly [string, Partial<TestFilter>, string]>([
  ['a misspelt one', { only: ['smoky'] }, 'refused: Release "web" has no test "smoky" | Did you mean "smoke"?'],
  ['one that is left out', { except: ['another-name'] }, 'refused: Release "web" has no test "another-name" | Its tests are: login, smoke.'],
])('a test that does not exist is refused, for Helm would run nothing and call it a success: %s', (_name, filter, expected) => {
  expect(refusalOf(() => planTest(HISTORY, { only: [], except: [], ...filter }, OPTIONS))).toBe(expected);
});

test('a release that does not exist has no tests', () => {
  expect(refusalOf(() => planTest([], { only: [], except: [] }, OPTIONS))).toMatch(/^refused: There is no release "web" in namespace shop/);
});
