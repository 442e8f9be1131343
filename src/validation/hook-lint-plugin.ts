import { readFileSync } from 'node:fs';
import { Finding, lint, summary } from '../lint';
import { BadInputError } from '../release';
import { closest, describePath } from '../vocabulary';
import { isAboutChart, isTemplateOfChart } from './chart-folder';
import { documentsOf } from './documents';

/** What a plugin tells cdk8s-cli of one mistake: cdk8s-cli/plugins, ValidationViolation. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly {
    readonly resourceName: string;
    readonly manifestPath: string;
    readonly locations: readonly string[];
  }[];
}

/** What a plugin needs of cdk8s-cli, whose types this package does not depend on: cdk8s-cli/plugins, ValidationContext. */
export interface SynthesizedManifests {
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

const PROPERTIES = ['strict'];

function violation({ rule, severity, object, path, message, remedy, place: { file = '', line } }: Finding): Violation {
  const resourceName = object.slice(object.indexOf('/') + 1); // by the name alone cdk8s-cli finds the construct
  return {
    ruleName: rule,
    recommendation: `${object}: ${message} (${severity})`,
    fix: remedy,
    violatingResources: [{ resourceName, manifestPath: file, locations: [path === undefined ? `line ${line}` : `${describePath(path)} (line ${line})`] }],
  };
}

function readStrict(properties: Readonly<Record<string, unknown>>): boolean {
  const where = 'the properties of HookLintPlugin in cdk8s.yaml';
  const problems = Object.keys(properties).filter((name) => !PROPERTIES.includes(name)).map((name) => {
    const guess = closest(name, PROPERTIES);
    return { message: `${where} hold "${name}", which does not exist`, remedy: guess ? `Did you mean "${guess}"?` : `Known is ${PROPERTIES.join(', ')}. Remove "${name}".` };
  });
  if (problems.length > 0) throw new BadInputError(problems);
  const { strict = false } = properties;
  if (typeof strict === 'boolean') return strict;
  throw new BadInputError([{ message: `${where} say strict: ${JSON.stringify(strict)}, which is no truth value`, remedy: 'Write strict: true, and warnings fail, too; or strict: false.' }]);
}

/**
 * The rules of `cdk8s-lifecycle lint` as a validation plugin of cdk8s-cli: `class: HookLintPlugin` under `validations:` in cdk8s.yaml.
 *
 * cdk8s-cli loads it from the main file of this package by its name. It is for no program, hence in no language's API.
 *
 * @internal
 */
export class HookLintPlugin {
  private readonly isStrict: boolean;

  /** @param properties of cdk8s.yaml: `strict`, whether warnings fail, too */
  constructor(properties: Readonly<Record<string, unknown>> = {}) {
    this.isStrict = readStrict(properties);
  }

  /** Looks at all manifests as one release, as the command does; errors fail. */
  public async validate({ manifests, report }: SynthesizedManifests): Promise<void> {
    const files = manifests.filter((path) => !isAboutChart(path)); // cdk8s-cli names every YAML file
    const documents = documentsOf(files.map((path) => ({ path, text: readFileSync(path, 'utf8') })));
    const findings = lint(documents, { rendered: !files.some(isTemplateOfChart) });
    findings.map(violation).forEach((each) => report.addViolation(each));
    const isFailed = findings.some(({ severity }) => severity === 'error' || this.isStrict);
    report.submit(isFailed ? 'failure' : 'success', { Findings: summary(findings) });
  }
}
