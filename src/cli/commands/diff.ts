import { Command } from 'commander';
import { compare, isDifferent, planFromSource, planUpgradeOrInstall } from '../../lifecycle';
import { printable, printableJson } from '../../report';
import { diffText } from '../../report/diff-text';
import { contentSource, readChecked } from '../content-source';
import { EXIT } from '../exit-codes';
import { InputFlags } from '../input';
import { withConnection, withManifests, withOutput, withReuse } from '../options';
import { OutputFormat, Streams } from '../output';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';

interface DiffFlags extends ConnectionFlags, InputFlags {
  readonly detailedExitcode?: boolean;
  readonly output: OutputFormat;
}

/** `diff RELEASE [MANIFESTS…]` */
export function diffCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('diff')
    .description('show what an upgrade (or install) would change in the live objects, line by line, by dry runs on the server')
    .argument('<release>', 'name of the release');
  return withReuse(withOutput(withConnection(withManifests(command)), 'one object'))
    .option('--detailed-exitcode', 'exit 2 if anything would change or be refused')
    .action(async (release: string, manifests: string[], flags: DiffFlags) => {
      checkReleaseName(release); // before a program is run for its manifests
      const input = readChecked(manifests, flags);
      const difference = await withSession(release, flags, async ({ cluster, namespace, history }) => {
        const source = contentSource(input, { ...flags, namespace });
        const revisions = await history();
        return compare(await planFromSource(planUpgradeOrInstall, revisions, source, { release, namespace }), revisions, cluster);
      }, streams);
      for (const warning of difference.warnings) streams.err(printable(`warning: ${warning}`));
      if (flags.output === 'json') streams.out(printableJson(difference, 2));
      else for (const line of diffText(difference, { colour: streams.colour })) streams.out(line);
      exit(isDifferent(difference) && flags.detailedExitcode ? EXIT.changes : EXIT.done);
    });
}
