import { Command, CommanderError } from 'commander';
import { ManifestsChangedError } from '../lifecycle';
import { printable } from '../report';
import { changesText } from '../report/diff-text';
import { LifecycleError } from '../vocabulary';
import { diffCommand } from './commands/diff';
import { getCommand } from './commands/get';
import { historyCommand } from './commands/history';
import { installCommand } from './commands/install';
import { lintCommand } from './commands/lint';
import { logsCommand } from './commands/logs';
import { planCommand } from './commands/plan';
import { rbacCommand } from './commands/rbac';
import { rollbackCommand } from './commands/rollback';
import { runHooksCommand } from './commands/run-hooks';
import { statusCommand } from './commands/status';
import { testCommand } from './commands/test';
import { uninstallCommand } from './commands/uninstall';
import { upgradeCommand } from './commands/upgrade';
import { EXIT, exitCodeOf } from './exit-codes';
import { Streams } from './output';

const COMMANDS = [
  installCommand, upgradeCommand, rollbackCommand, uninstallCommand, testCommand, runHooksCommand,
  planCommand, diffCommand, statusCommand, historyCommand, logsCommand, getCommand, rbacCommand, lintCommand,
];

const EXIT_CODES = `
Exit codes:
  0    done
  1    the operation failed, or the cluster or a check refused it
  2    only with --detailed-exitcode: there are changes
  3    another operation holds the release
  64   wrong usage: flags or arguments
  65   bad input: manifests, values or kubeconfig; nothing was touched
  130  stopped by SIGINT or SIGTERM`;

function configure(command: Command, streams: Streams): Command {
  return command
    .exitOverride()
    .configureOutput({ writeOut: (text) => streams.out(text.trimEnd()), writeErr: (text) => streams.err(text.trimEnd()) })
    .showHelpAfterError(`(see cdk8s-lifecycle ${command.name()} --help)`);
}

function report(error: unknown, { err }: Streams): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  const code = exitCodeOf(error);
  if (code === undefined) throw error; // a defect of this program: its stack is what is needed
  for (const line of `error: ${(error as Error).message}`.split('\n')) err(printable(line));
  if (error instanceof ManifestsChangedError) for (const line of changesText(error)) err(line);
  const remedy = error instanceof LifecycleError ? error.remedy : undefined;
  if (remedy !== undefined) err(printable(`  ${remedy}`));
  if (code === EXIT.usage) err('  (see cdk8s-lifecycle --help)');
  return code;
}

/** Runs the command line and returns what the process exits with. */
export async function main(args: readonly string[], streams: Streams, version: string): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('cdk8s-lifecycle')
    .description("Runs the lifecycle of releases whose hooks are declared in Helm's annotations: faithful to Helm, and better where Helm is broken.")
    .enablePositionalOptions() // --version of a command is that of a chart
    .version(version, '--version', 'print the version')
    .addHelpText('after', EXIT_CODES);
  for (const create of COMMANDS) program.addCommand(configure(create(streams, (result) => (code = result), version), streams));
  configure(program, streams).showHelpAfterError('(see cdk8s-lifecycle --help)');
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return report(error, streams);
  }
}
