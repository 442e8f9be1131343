import { Command } from 'commander';
import { HookRunState, LogItem, followReleaseLogs, readReleaseLogs } from '../../lifecycle';
import { duration, printable, printableJson } from '../../report';
import { describeRef, linePrefix } from '../../vocabulary';
import { EXIT } from '../exit-codes';
import { withConnection, withOutput, withRevision } from '../options';
import { OutputFormat, Streams } from '../output';
import { revisionNumber } from '../revision-number';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

interface LogsFlags extends ConnectionFlags {
  readonly revision?: string;
  readonly follow?: boolean;
  readonly output: OutputFormat;
}

/** `==> pre-upgrade Job/migrate: succeeded (2.0 s) <==`, as tail heads the files that it shows. */
function header({ event, hook, attempt, state, verdict, startedAt, completedAt }: HookRunState): string {
  const time = completedAt === undefined ? '' : ` (${duration(Date.parse(completedAt) - Date.parse(startedAt))})`;
  return `==> ${event} ${describeRef(hook)}${attempt === undefined ? '' : ` (attempt ${attempt})`}: ${verdict ?? (state === 'creating' ? 'running' : state)}${time} <==`;
}

/** Lines on standard output, and what is told about them on standard error; the heads are on it, too, when somebody wants the log of one hook alone. */
function write(item: LogItem, one: boolean, { out, err }: Streams): void {
  switch (item.kind) {
    case 'hook':
      return (one ? err : out)(printable(header(item)));
    case 'line':
      return out(printable(`${item.beside ? `${describeRef(item.hook)}| ` : ''}${linePrefix(item.among, item)}${item.line}`));
    case 'note':
      return err(printable(`note: ${item.message}`));
  }
}

function writeJson(item: LogItem, { out, err }: Streams): void {
  if (item.kind === 'note') return err(printable(`note: ${item.message}`));
  out(printableJson(item));
}

/** `logs RELEASE [HOOK]` */
export function logsCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('logs')
    .description('print what the hooks of a release printed: the whole log while their Pods are there, afterwards what was kept of it')
    .argument('<release>', 'name of the release')
    .argument('[hook]', 'NAME, Kind/NAME or event/NAME of a hook (default: all hooks of the revision)');
  return withOutput(withConnection(withRevision(command)), 'one run of a hook or one line of its log a line')
    .option('-f, --follow', 'go on until the hooks of the operation end that runs, in whatever process it does')
    .action(async (release: string, hook: string | undefined, flags: LogsFlags) => {
      checkReleaseName(release);
      const revision = flags.revision === undefined ? undefined : revisionNumber(flags.revision);
      await withSession(release, flags, async ({ cluster, namespace }) => {
        const read = flags.follow ? followReleaseLogs : readReleaseLogs;
        for await (const item of read({ release, namespace, revision, hook }, cluster)) {
          if (flags.output === 'json') writeJson(item, streams);
          else write(item, hook !== undefined, streams);
        }
      });
      exit(EXIT.done);
    });
}
