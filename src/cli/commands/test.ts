import { Command } from 'commander';
import { planTest } from '../../lifecycle';
import { OperationFlags, operate } from '../operate';
import { withConnection, withOutput, withParallelism, withReports } from '../options';
import { Streams } from '../output';
import { testFilter } from '../test-filter';

interface TestFlags extends OperationFlags {
  readonly filter: readonly string[];
  readonly logs?: boolean;
}

const both = (value: string, before: readonly string[]) => [...before, value];

/** `test RELEASE` */
export function testCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('test').description('run the tests of a release: its hooks of the event `test`, in order').argument('<release>', 'name of the release');
  return withParallelism(withReports(withOutput(withConnection(command), 'one event a line')))
    .option('--filter <name=NAME>', 'run only this test, or with !name=NAME all but this one; several times, or with commas', both, [])
    .option('--logs', 'show what the tests print; without it only the last lines of one that fails')
    .option('--timeout <duration>', 'longest wait for any one test or deletion, such as 90s, 5m, 1h30m', '5m')
    .option('--lock-timeout <duration>', 'how long to wait while another operation holds the release', '0s')
    .option('--dry-run', 'show the plan and change nothing')
    .action(async (release: string, given: TestFlags) => {
      const filter = testFilter(given.filter);
      const flags: TestFlags = { ...given, hookLogs: given.logs ? 'all' : 'none' };
      exit(await operate({ operation: 'test', release, flags, streams, planner: (history, options) => planTest(history, filter, options) }));
    });
}
