import { Command } from 'commander';
import { ReleaseRecord } from '../../release';
import { printableJson } from '../../report';
import { EXIT } from '../exit-codes';
import { withConnection, withOutput } from '../options';
import { OutputFormat, Streams, table } from '../output';
import { allRevisions } from '../revisions';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

function row({ version, info, chart }: ReleaseRecord) {
  const { name, version: chartVersion, appVersion = '' } = chart?.metadata ?? { name: 'MISSING', version: '' };
  return { revision: version, updated: info.last_deployed ?? '', status: info.status, chart: `${name}-${chartVersion}`, app_version: appVersion, description: info.description ?? '' };
}

/** `history RELEASE` */
export function historyCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('history').description('list the revisions of a release').argument('<release>', 'name of the release');
  return withOutput(withConnection(command), 'a list of revisions').action(async (release: string, flags: ConnectionFlags & { readonly output: OutputFormat }) => {
    checkReleaseName(release);
    await withSession(release, flags, async (session) => {
      const rows = (await allRevisions(session, session.readable)).map(({ record }) => row(record));
      if (flags.output === 'json') return streams.out(printableJson(rows, 2));
      const columns = ['REVISION', 'UPDATED', 'STATUS', 'CHART', 'APP VERSION', 'DESCRIPTION'];
      for (const line of table([columns, ...rows.map((each) => Object.values(each).map(String))])) streams.out(line);
    }, streams);
    exit(EXIT.done);
  });
}
