import { Command } from 'commander';
import { JournaledHook, ReleaseRecord, recordedContent } from '../../release';
import { printableJson } from '../../report';
import { describeRef } from '../../vocabulary';
import { EXIT } from '../exit-codes';
import { hookStatus, hookTable } from '../hook-status';
import { journaledHooks } from '../journaled-hooks';
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

function statusOf(record: ReleaseRecord, journaled: readonly JournaledHook[]) {
  return {
    ...headOf(record),
    hooks: record.hooks.map((hook) => hookStatus(hook, journaled)),
    resources: recordedContent(record).resources.map(({ ref }) => describeRef(ref)),
  };
}

function text({ hooks, resources, ...head }: ReturnType<typeof statusOf>): string[] {
  const runs = hookTable(hooks);
  return [
    ...headLines(head),
    ...(runs.length === 0 ? [] : ['', ...runs]),
    ...(resources.length === 0 ? [] : ['', ...table([['RESOURCE'], ...resources.map((resource) => [resource])])]),
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
      const status = statusOf(record, await journaledHooks(session, record, streams));
      for (const line of flags.output === 'json' ? [printableJson(status, 2)] : text(status)) streams.out(line);
    }, streams);
    exit(EXIT.done);
  });
}
