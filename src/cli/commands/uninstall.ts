import { Command, Option } from 'commander';
import { planUninstall } from '../../lifecycle';
import { OperationFlags, operate } from '../operate';
import { withOperation } from '../options';
import { Streams } from '../output';

/** `uninstall RELEASE` */
export function uninstallCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('uninstall')
    .description('uninstall a release: pre-delete hooks, deletion of its resources, post-delete hooks, deletion of its records')
    .argument('<release>', 'name of the release');
  return withOperation(command)
    .option('--keep-history', 'keep the records, so that a rollback brings the release back')
    .addOption(new Option('--cascade <how>', 'how what the resources own goes with them').choices(['background', 'foreground', 'orphan']).default('background'))
    .option('--delete-hook-objects', 'also delete the other objects that hooks have made; their Jobs and Pods always go, volumes, definitions and namespaces never')
    .action(async (release: string, flags: OperationFlags) => {
      exit(await operate({ operation: 'uninstall', release, flags, streams, planner: planUninstall }));
    });
}
