import { revisionNumber } from '../../src/cli/revision-number';
import { UsageError } from '../../src/cli/usage-error';

test.each([
  ['1', 1],
  ['42', 42],
  ['999999999', 999999999],
])('%s is a revision', (text, revision) => {
  expect(revisionNumber(text)).toBe(revision);
});

test.each(['', '0', '-1', '01', '1.5', '1e3', 'v1', ' 1', '1 ', '9999999999', 'latest'])('%j is no revision', (text) => {
  expect(() => revisionNumber(text)).toThrow(new UsageError(`"${text}" is no revision: revisions are numbers from 1`));
});
