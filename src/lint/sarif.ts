import { Finding } from './finding';
import { Rule } from './rule';

/** Where the rules are explained. */
const GUIDE = 'https://github.com/cdk8s-lifecycle/cdk8s-lifecycle/blob/main/docs/lint.md';

function descriptor({ id, severity, title, why }: Rule) {
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    helpUri: `${GUIDE}#${id}`,
    defaultConfiguration: { level: severity },
  };
}

/** SARIF wants URIs; a path of Windows has its slashes the other way round. */
function uriOf(file: string): string {
  return encodeURI(file.replace(/\\/g, '/')).replace(/#/g, '%23').replace(/\?/g, '%3F');
}

function result({ rule, severity, place, object, message, remedy }: Finding, rules: readonly Rule[]) {
  const { file, line, construct } = place;
  const region = line === undefined ? {} : { region: { startLine: line } };
  const physical = file === undefined || file === '-' ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(file) }, ...region } };
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: `${object}: ${message}. ${remedy}` },
    locations: [{ ...physical, logicalLocations: [{ name: object, kind: 'resource', ...(construct === undefined ? {} : { fullyQualifiedName: construct }) }] }],
  };
}

/** Findings as SARIF 2.1.0, which code hosts show beside the lines: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifReport(findings: readonly Finding[], rules: readonly Rule[], version: string): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdk8s-lifecycle', informationUri: GUIDE, semanticVersion: version, rules: rules.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => result(finding, rules)),
      },
    ],
  };
}
