import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { ENGINES, EngineName, Finding, LintDocument, RULES, lint, portability, portabilityMarkdown, sarifReport, textReport } from '../../lint';
import { BadInputError, noManifests } from '../../release';
import { printable, printableJson } from '../../report';
import { documentsOf } from '../../validation';
import { EXIT } from '../exit-codes';
import { HelmChart, templateFiles } from '../helm/chart-source';
import { ChartInput, Input, InputFlags, readInput, renderApp } from '../input';
import { ManifestInput, readManifestFiles } from '../manifest-files';
import { withManifests } from '../options';
import { Streams } from '../output';
import { UsageError } from '../usage-error';
import { hasValues } from '../values/user-values';

interface LintFlags extends InputFlags {
  readonly strict?: boolean;
  readonly for?: EngineName;
  readonly output: 'text' | 'json' | 'sarif';
}

interface Manifests {
  readonly manifests: ManifestInput;
  /** Whether nobody renders them any more. */
  readonly rendered: boolean;
}

/** What an app is told of a release that nobody has named: what helm template says. */
const NAMELESS = { release: 'release-name', namespace: 'default', revision: 1, isInstall: true };

/** The templates of a chart, where they are YAML before helm renders them: cdk8s writes such, and then no helm is needed. */
function asItStands({ chart, flags }: ChartInput): Manifests | undefined {
  if (hasValues(flags) || !existsSync(join(chart, 'Chart.yaml'))) return undefined;
  const manifests = readManifestFiles([chart]);
  try {
    documentsOf(manifests.files);
    return { manifests, rendered: false };
  } catch (error) {
    if (error instanceof BadInputError) return undefined;
    throw error;
  }
}

/** The manifests, and whether expressions in them are still to be rendered: Helm does so with the templates of a chart. */
async function manifestsOf(input: Input): Promise<Manifests> {
  if (input.kind === 'manifests') return { manifests: input, rendered: input.chart === undefined };
  const byHelm = async (chart: HelmChart) => ({ manifests: { files: await templateFiles(chart, NAMELESS) }, rendered: true });
  if (input.kind === 'chart') return asItStands(input) ?? byHelm(input);
  const rendered = await renderApp(input, NAMELESS, byHelm);
  if (rendered.kind === 'by-helm') return rendered.result;
  const { output } = rendered;
  return { manifests: output, rendered: output.values !== undefined || output.chart === undefined };
}

/** The documents of the input in the order in which they were named; there is at least one. */
function read({ files }: ManifestInput): LintDocument[] {
  const documents = documentsOf(files);
  if (documents.length > 0) return documents;
  throw noManifests(files);
}

function printTable(documents: readonly LintDocument[], engine: EngineName, output: LintFlags['output'], { out }: Streams): void {
  if (output === 'sarif') throw new UsageError('--for prints a table, and SARIF has none: say -o text or -o json');
  const report = portability(documents, engine);
  out(output === 'json' ? printableJson(report, 2) : printable(portabilityMarkdown(report)));
}

/** `lint [MANIFESTS…]`; `version` is the program's, for SARIF. */
export function lintCommand(streams: Streams, exit: (code: number) => void, version: string): Command {
  const print: Readonly<Record<LintFlags['output'], (findings: readonly Finding[]) => string>> = {
    text: (findings) => printable(textReport(findings)),
    json: (findings) => printableJson({ findings }, 2),
    sarif: (findings) => printableJson(sarifReport(findings, RULES, version), 2),
  };
  return withManifests(new Command('lint').description('find what goes wrong with hooks in manifests before any cluster sees them'))
    .addOption(new Option('-o, --output <format>', 'text, json, or sarif for code hosts').choices(['text', 'json', 'sarif']).default('text'))
    .option('--strict', 'exit 1 on warnings, too')
    .addOption(new Option('--for <engine>', 'print what an engine does with every hook and what it loses, as a table in Markdown').choices(Object.keys(ENGINES)))
    .action(async (paths: string[], flags: LintFlags) => {
      const { manifests, rendered } = await manifestsOf(readInput(paths, flags));
      const documents = read(manifests);
      if (flags.for !== undefined) {
        printTable(documents, flags.for, flags.output, streams);
        return exit(EXIT.done);
      }
      const findings = lint(documents, { rendered });
      streams.out(print[flags.output](findings));
      const isFailed = findings.some(({ severity }) => severity === 'error' || flags.strict === true);
      return exit(isFailed ? EXIT.failed : EXIT.done);
    });
}
