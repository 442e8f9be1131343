import { Argument, Command } from 'commander';
import { ReleaseRecord, maskRecord, yamlText } from '../../release';
import { printable, printableJson } from '../../report';
import { EXIT } from '../exit-codes';
import { hookStatus, hookTable } from '../hook-status';
import { withConnection, withOutput, withRevision } from '../options';
import { OutputFormat, Streams } from '../output';
import { headLines, headOf } from '../revision-head';
import { revisionNumber } from '../revision-number';
import { findRevision } from '../revisions';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';
import { UsageError } from '../usage-error';
import { maskValues } from '../values/mask-values';
import { recordedValues } from '../values/reuse';

interface GetFlags extends ConnectionFlags {
  readonly all?: boolean;
  readonly revision?: string;
  readonly showSecrets?: boolean;
  readonly output: OutputFormat;
}

const PARTS = ['hooks', 'manifest', 'notes', 'values', 'all'] as const;

/** What of a revision is shown. */
type Part = (typeof PARTS)[number];

function headWithChart(record: ReleaseRecord) {
  const { name: chart = '', version = '', appVersion = '' } = record.chart?.metadata ?? {};
  return { ...headOf(record), chart, version, app_version: appVersion };
}

/** The hooks as helm prints them: pkg/cmd/get_hooks.go. */
function hooksText({ hooks }: ReleaseRecord): string {
  return hooks.map(({ path, manifest }) => `---\n# Source: ${path}\n${manifest}\n`).join('');
}

function allText(record: ReleaseRecord): string {
  const runs = hookTable(record.hooks.map((hook) => hookStatus(hook)));
  const sections = [['HOOKS', hooksText(record)], ['MANIFEST', record.manifest], ['NOTES', record.info.notes ?? '']];
  const shown = sections.flatMap(([title, text]) => (text.trim() === '' ? [] : [`\n${title}:\n${text.trimEnd()}\n`]));
  return [...headLines(headWithChart(record)), ...(runs.length === 0 ? [] : ['', ...runs])].map((line) => `${line}\n`).join('') + shown.join('');
}

/** What the user said of the values; or all that the templates saw. */
function valuesOf(record: ReleaseRecord, { all }: GetFlags): unknown {
  return all ? recordedValues(record) : (record.config ?? null); // helm says null, too, where nothing was said
}

/** In the order and under the headings of helm: pkg/cmd/get_values.go. */
function valuesText(record: ReleaseRecord, flags: GetFlags): string {
  return `${flags.all ? 'COMPUTED VALUES:' : 'USER-SUPPLIED VALUES:'}\n${yamlText(valuesOf(record, flags), { sortKeys: true })}`;
}

const TEXTS: { readonly [P in Part]: (record: ReleaseRecord, flags: GetFlags) => string } = {
  hooks: hooksText,
  notes: ({ info: { notes = '' } }) => (notes === '' ? '' : `NOTES:\n${notes}${notes.endsWith('\n') ? '' : '\n'}`),
  values: valuesText,
  manifest: ({ manifest }) => `${manifest}\n`, // helm adds a line feed, too: pkg/cmd/get_manifest.go
  all: allText,
};

function jsonOf(part: Part, record: ReleaseRecord, flags: GetFlags): object {
  const { name, namespace, revision, ...more } = headWithChart(record);
  const hooks = record.hooks.map((hook) => ({ ...hookStatus(hook), path: hook.path, manifest: hook.manifest }));
  const { manifest, info: { notes = '' } } = record;
  const parts = {
    hooks: { hooks },
    manifest: { manifest },
    notes: { notes },
    values: { values: valuesOf(record, flags) },
    all: { ...more, notes, hooks, manifest },
  };
  return { name, namespace, revision, ...parts[part] };
}

/** A revision that gives nothing away: the values of its Secrets are masked wherever they stand. */
function masked(record: ReleaseRecord): ReleaseRecord {
  return maskRecord(maskValues(record));
}

/** `get hooks|manifest|notes|values|all RELEASE` */
export function getCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('get')
    .description('print what a revision holds: its hooks, its manifest, its notes, its values, or all but the values, with status and chart')
    .addArgument(new Argument('<part>', 'what to print').choices(PARTS))
    .argument('<release>', 'name of the release');
  return withOutput(withConnection(withRevision(command)), 'one object')
    .option('-a, --all', "with values: the chart's own, too")
    .option('--show-secrets', 'print the values of Secrets instead of ***')
    .action(async (part: Part, release: string, flags: GetFlags) => {
      checkReleaseName(release);
      if (flags.all && part !== 'values') throw new UsageError('--all goes with values alone');
      const number = flags.revision === undefined ? undefined : revisionNumber(flags.revision);
      await withSession(release, flags, async (session) => {
        const record = await findRevision(session, number);
        const shown = flags.showSecrets ? record : masked(record);
        if (flags.output === 'json') return streams.out(printableJson(jsonOf(part, shown, flags), 2));
        const lines = TEXTS[part](shown, flags).split(/\r?\n/).slice(0, -1);
        for (const line of lines) streams.out(printable(line));
      }, streams);
      exit(EXIT.done);
    });
}
