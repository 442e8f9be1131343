import { Argument, Command } from 'commander';
import { ReleaseRecord, maskRecord } from '../../release';
import { printable, printableJson } from '../../report';
import { EXIT } from '../exit-codes';
import { hookStatus, hookTable } from '../hook-status';
import { withConnection, withOutput, withRevision } from '../options';
import { OutputFormat, Streams } from '../output';
import { headLines, headOf } from '../revision-head';
import { revisionNumber } from '../revision-number';
import { findRevision } from '../revisions';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

interface GetFlags extends ConnectionFlags {
  readonly revision?: string;
  readonly showSecrets?: boolean;
  readonly output: OutputFormat;
}

const PARTS = ['hooks', 'manifest', 'all'] as const;

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
  const runs = hookTable(record.hooks.map(hookStatus));
  const sections = [['HOOKS', hooksText(record)], ['MANIFEST', record.manifest], ['NOTES', record.info.notes ?? '']];
  const shown = sections.flatMap(([title, text]) => (text.trim() === '' ? [] : [`\n${title}:\n${text.trimEnd()}\n`]));
  return [...headLines(headWithChart(record)), ...(runs.length === 0 ? [] : ['', ...runs])].map((line) => `${line}\n`).join('') + shown.join('');
}

const TEXTS: { readonly [P in Part]: (record: ReleaseRecord) => string } = {
  hooks: hooksText,
  manifest: ({ manifest }) => `${manifest}\n`, // helm adds a line feed, too: pkg/cmd/get_manifest.go
  all: allText,
};

function jsonOf(part: Part, record: ReleaseRecord): object {
  const { name, namespace, revision, ...more } = headWithChart(record);
  const hooks = record.hooks.map((hook) => ({ ...hookStatus(hook), path: hook.path, manifest: hook.manifest }));
  const { manifest } = record;
  const parts = { hooks: { hooks }, manifest: { manifest }, all: { ...more, notes: record.info.notes ?? '', hooks, manifest } };
  return { name, namespace, revision, ...parts[part] };
}

/** `get hooks|manifest|all RELEASE` */
export function getCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('get')
    .description('print what a revision holds: its hooks, its manifest, or all with status, chart and notes')
    .addArgument(new Argument('<part>', 'what to print').choices(PARTS))
    .argument('<release>', 'name of the release');
  return withOutput(withConnection(withRevision(command)), 'one object')
    .option('--show-secrets', 'print the values of Secrets instead of ***')
    .action(async (part: Part, release: string, flags: GetFlags) => {
      checkReleaseName(release);
      const number = flags.revision === undefined ? undefined : revisionNumber(flags.revision);
      await withSession(release, flags, async (session) => {
        const record = await findRevision(session, number);
        const shown = flags.showSecrets ? record : maskRecord(record);
        if (flags.output === 'json') return streams.out(printableJson(jsonOf(part, shown), 2));
        const lines = TEXTS[part](shown).split(/\r?\n/).slice(0, -1);
        for (const line of lines) streams.out(printable(line));
      }, streams);
      exit(EXIT.done);
    });
}
