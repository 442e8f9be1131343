import { Command } from 'commander';
import { planRollback } from '../../lifecycle';
import { OperationFlags, operate } from '../operate';
import { withDataLoss, withOperation, withDeployment } from '../options';
import { Streams } from '../output';
import { revisionNumber } from '../revision-number';

/** `rollback RELEASE [REVISION]` */
export function rollbackCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('rollback')
    .description('go back to an older revision: its pre-rollback hooks, its resources, its post-rollback hooks')
    .argument('<release>', 'name of the release')
    .argument('[revision]', 'revision to go back to (default: the one before the last)');
  return withDataLoss(withDeployment(withOperation(command))).action(async (release: string, revision: string | undefined, flags: OperationFlags) => {
    const to = revision === undefined ? undefined : revisionNumber(revision);
    exit(await operate({ operation: 'rollback', release, flags, streams, planner: (history, options) => planRollback(history, to, options) }));
  });
}
