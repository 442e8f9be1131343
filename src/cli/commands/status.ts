import { Command } from 'commander';
import { RefusedError } from '../../lifecycle';
import { RecordedHook, ReleaseRecord, lastOf, recordedContent } from '../../release';
import { describeRef } from '../../vocabulary';
import { EXIT } from '../exit-codes';
import { withConnection, withOutput } from '../options';
import { OutputFormat, Streams, table } from '../output';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

function hookStatus({ kind, name, events, weight = 0, last_run: run }: RecordedHook) {
  return { hook: `${kind}/${name}`, events, weight, phase: run?.phase || 'never ran', started: run?.started_at ?? '', completed: run?.completed_at ?? '' };
}

function statusOf(record: ReleaseRecord) {
  const { name, namespace, version, info } = record;
  return {
    name,
    namespace,
    revision: version,
    status: info.status,
    updated: info.last_deployed ?? '',
    description: info.description ?? '',
    hooks: record.hooks.map(hookStatus),
    resources: recordedContent(record).resources.map(({ ref }) => describeRef(ref)),
  };
}

function text({ hooks, resources, ...head }: ReturnType<typeof statusOf>): string[] {
  const heading = table(Object.entries(head).map(([key, value]) => [`${key.toUpperCase()}:`, String(value)]));
  const rows = hooks.map((hook) => [hook.hook, hook.events.join(','), String(hook.weight), hook.phase, hook.completed]);
  return [
    ...heading,
    ...(rows.length === 0 ? [] : ['', ...table([['HOOK', 'EVENTS', 'WEIGHT', 'LAST RUN', 'COMPLETED'], ...rows])]),
    ...(resources.length === 0 ? [] : ['', ...table([['RESOURCE'], ...resources.map((resource) => [resource])])]),
  ];
}

/** `status RELEASE` */
export function statusCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('status').description('show the last revision of a release and how its hooks ran').argument('<release>', 'name of the release');
  return withOutput(withConnection(command), 'one object').action(async (release: string, flags: ConnectionFlags & { readonly output: OutputFormat }) => {
    checkReleaseName(release);
    await withSession(release, flags, async ({ history, namespace }) => {
      const last = lastOf(await history());
      if (!last) throw new RefusedError(`There is no release "${release}" in namespace ${namespace}`, 'Name the right namespace with -n.');
      const status = statusOf(last);
      for (const line of flags.output === 'json' ? [JSON.stringify(status, null, 2)] : text(status)) streams.out(line);
    });
    exit(EXIT.done);
  });
}
