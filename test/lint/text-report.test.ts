import { Finding, textReport } from '../../src/lint';

const finding: Finding = { rule: 'bad-weight', severity: 'error', place: { file: 'app.yaml', document: 2, line: 12 }, object: 'Job/migrate', message: 'it is bad', remedy: 'Mend it.' };

test('a finding says where, what, and what to do; their number comes last', () => {
  expect(textReport([finding, { ...finding, severity: 'warning' }, { ...finding, severity: 'warning' }])).toBe(
    [
      'app.yaml:12: error bad-weight: Job/migrate: it is bad', '  Mend it.',
      'app.yaml:12: warning bad-weight: Job/migrate: it is bad', '  Mend it.',
      'app.yaml:12: warning bad-weight: Job/migrate: it is bad', '  Mend it.',
      '1 error, 2 warnings',
    ].join('\n'),
  );
});

test.each<[Finding['place'], string]>([
  [{ file: '-', line: 3 }, 'standard input:3: error'],
  [{ construct: 'shop/migrate' }, 'shop/migrate: error'],
  [{ file: 'a.yaml' }, 'a.yaml: error'],
  [{}, 'error bad-weight'],
])('the place %j', (place, start) => {
  expect(textReport([{ ...finding, place }]).startsWith(start)).toBe(true);
});

test('nothing to find is said, too', () => {
  expect(textReport([])).toBe('no findings');
});
