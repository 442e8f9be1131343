import { Finding, RULES, sarifReport } from '../../src/lint';

const FINDING: Finding = {
  rule: 'bad-weight', severity: 'error', place: { file: 'charts/my shop#1/app.yaml', document: 2, line: 12 }, object: 'Job/migrate', message: 'the weight is bad', remedy: 'Mend it.',
};

interface Log {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly [{
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Record<string, unknown>[] } };
    readonly results: readonly { readonly ruleId: string; readonly locations: readonly object[] }[];
  }];
}

const report = (...findings: readonly Finding[]) => sarifReport(findings, RULES, '1.2.3') as Log;

test('the log has one run, of this tool, with every rule', () => {
  const { version, $schema, runs } = report();
  expect([version, $schema, runs.length]).toEqual(['2.1.0', 'https://json.schemastore.org/sarif-2.1.0.json', 1]);
  expect(runs[0].tool.driver).toMatchObject({ name: 'cdk8s-lifecycle', semanticVersion: '1.2.3' });
  expect(runs[0].results).toEqual([]);
  for (const [index, rule] of runs[0].tool.driver.rules.entries()) {
    expect(rule).toEqual({
      id: RULES[index].id,
      shortDescription: { text: expect.stringMatching(/\.$/) },
      fullDescription: { text: expect.stringMatching(/\.$/) },
      helpUri: expect.stringMatching(new RegExp(`^https://.*/docs/lint\\.md#${RULES[index].id}$`)),
      defaultConfiguration: { level: expect.stringMatching(/^(error|warning)$/) },
    });
  }
});

test('a result points at its rule, its line and its object', () => {
  const [result] = report(FINDING).runs[0].results;
  expect(result).toEqual({
    ruleId: 'bad-weight',
    ruleIndex: RULES.findIndex(({ id }) => id === 'bad-weight'),
    level: 'error',
    message: { text: 'Job/migrate: the weight is bad. Mend it.' },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: 'charts/my%20shop%231/app.yaml' }, region: { startLine: 12 } },
        logicalLocations: [{ name: 'Job/migrate', kind: 'resource' }],
      },
    ],
  });
});

test.each<[string, Finding['place'], object]>([
  ['standard input', { file: '-', document: 1, line: 1 }, { logicalLocations: [{ name: 'Job/migrate', kind: 'resource' }] }],
  ['a construct', { construct: 'shop/migrate' }, { logicalLocations: [{ name: 'Job/migrate', kind: 'resource', fullyQualifiedName: 'shop/migrate' }] }],
  ['a file of Windows', { file: 'a\\b.yaml' }, { physicalLocation: { artifactLocation: { uri: 'a/b.yaml' } }, logicalLocations: [{ name: 'Job/migrate', kind: 'resource' }] }],
])('what was found in %s has a place of its own kind', (_, place, location) => {
  expect(report({ ...FINDING, place }).runs[0].results[0].locations).toEqual([location]);
});
