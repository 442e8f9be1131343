import { Command } from 'commander';
import { planUninstall } from '../../lifecycle';
import { OperationFlags, operate } from '../operate';
import { withOperation } from '../options';
import { Streams } from '../output';

/** `uninstall RELEASE` */
export function uninstallCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('uninstall')
    .description('uninstall a release: pre-delete hooks, deletion of its resources, post-delete hooks, deletion of its records')
    .argument('<release>', 'name of the release');
  return withOperation(command).action(async (release: string, flags: OperationFlags) => {
    exit(await operate({ operation: 'uninstall', release, flags, streams, planner: ({ history, options }) => planUninstall(history, options) }));
  });
}
