import { Command, Option } from 'commander';
import { ENGINES, EngineName, Finding, LintDocument, RULES, lint, portability, portabilityMarkdown, sarifReport, textReport } from '../../lint';
import { noManifests } from '../../release';
import { printable, printableJson } from '../../report';
import { documentsOf } from '../../validation';
import { EXIT } from '../exit-codes';
import { Input, InputFlags, readInput, renderApp } from '../input';
import { ManifestInput } from '../manifest-files';
import { withManifests } from '../options';
import { Streams } from '../output';
import { UsageError } from '../usage-error';

interface LintFlags extends InputFlags {
  readonly strict?: boolean;
  readonly for?: EngineName;
  readonly output: 'text' | 'json' | 'sarif';
}

/** What an app is told of a release that nobody has named: what helm template says. */
const NAMELESS = { release: 'release-name', namespace: 'default', revision: 1, isInstall: true };

/** The manifests, and whether expressions in them are still to be rendered: Helm does so with the templates of a chart. */
async function manifestsOf(input: Input): Promise<{ readonly manifests: ManifestInput; readonly rendered: boolean }> {
  if (input.kind === 'manifests') return { manifests: input, rendered: input.chart === undefined };
  const { output } = await renderApp(input, NAMELESS);
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
