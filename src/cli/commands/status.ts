import { Command } from 'commander';
import { resumeOutlook } from '../../lifecycle';
import { Journal, ReleaseRecord, recordedContent } from '../../release';
import { printableJson } from '../../report';
import { describeRef } from '../../vocabulary';
import { EXIT } from '../exit-codes';
import { hookStatus, hookTable } from '../hook-status';
import { journalOf } from '../journaled-hooks';
import { withConnection, withOutput, withRevision } from '../options';
import { OutputFormat, Streams, table } from '../output';
import { headLines, headOf } from '../revision-head';
import { revisionNumber } from '../revision-number';
import { findRevision } from '../revisions';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

interface StatusFlags extends ConnectionFlags {
  readonly revision?: string;
  readonly output: OutputFormat;
}

/** How a revision that failed goes on where it failed; absent where it cannot. */
function resumeOf(record: ReleaseRecord, journal?: Journal) {
  const resume = resumeOutlook(record, journal);
  if (!resume) return {};
  return { resume: { command: `cdk8s-lifecycle ${resume.operation} ${record.name} --resume -n ${record.namespace}`, skips: resume.skips.map(describeRef) } };
}

function statusOf(record: ReleaseRecord, journal: Journal | undefined) {
  return {
    ...headOf(record),
    hooks: record.hooks.map((hook) => hookStatus(hook, journal)),
    resources: recordedContent(record).resources.map(({ ref }) => describeRef(ref)),
  };
}

type Status = ReturnType<typeof statusOf> & ReturnType<typeof resumeOf>;

function text({ hooks, resources, resume, ...head }: Status): string[] {
  const runs = hookTable(hooks);
  return [
    ...headLines(head),
    ...(runs.length === 0 ? [] : ['', ...runs]),
    ...(resources.length === 0 ? [] : ['', ...table([['RESOURCE'], ...resources.map((resource) => [resource])])]),
    ...(resume ? ['', `Go on where it failed: ${resume.command}${resume.skips.length === 0 ? '' : `  (skips ${resume.skips.join(', ')})`}`] : []),
  ];
}

/** `status RELEASE` */
export function statusCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('status').description('show a revision of a release, and how its hooks ran').argument('<release>', 'name of the release');
  return withOutput(withConnection(withRevision(command)), 'one object').action(async (release: string, flags: StatusFlags) => {
    checkReleaseName(release);
    const number = flags.revision === undefined ? undefined : revisionNumber(flags.revision);
    await withSession(release, flags, async (session) => {
      const record = await findRevision(session, number);
      const journal = await journalOf(session, record, streams);
      const status = { ...statusOf(record, journal), ...(number === undefined ? resumeOf(record, journal) : {}) };
      for (const line of flags.output === 'json' ? [printableJson(status, 2)] : text(status)) streams.out(line);
    }, streams);
    exit(EXIT.done);
  });
}
