import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { OperationName, Planner, Resumable, SavedPlan, planInstall, planRollback, planUninstall, planUpgrade, planUpgradeOrInstall } from '../../lifecycle';
import { printableJson } from '../../report';
import { readChecked, readResumed } from '../content-source';
import { EXIT } from '../exit-codes';
import { OperationFlags, preview } from '../operate';
import { withConnection, withDataLoss, withManifests, withOutput, withResume, withReuse } from '../options';
import { Streams } from '../output';
import { revisionNumber } from '../revision-number';
import { UsageError } from '../usage-error';

interface PlanFlags extends OperationFlags {
  readonly for?: Exclude<OperationName, 'test'>;
  readonly revision?: string;
  readonly detailedExitcode?: boolean;
  readonly resume?: boolean;
  readonly out?: string;
}

const PLANNERS: Readonly<Record<'install' | 'upgrade' | 'auto', Planner>> = { install: planInstall, upgrade: planUpgrade, auto: planUpgradeOrInstall };

const RESUMES: Readonly<Record<keyof typeof PLANNERS, readonly Resumable[]>> = { install: ['install'], upgrade: ['upgrade'], auto: ['install', 'upgrade'] };

function write(file: string, plan: SavedPlan): void {
  try {
    writeFileSync(file, `${printableJson(plan, 2)}\n`, { mode: 0o600 });
  } catch (cause) {
    throw new UsageError(`the plan cannot be written: ${(cause as Error).message}`);
  }
}

/** `plan RELEASE [MANIFESTS…]` */
export function planCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('plan').description('show which hooks would run and which resources would change, in order').argument('<release>', 'name of the release');
  return withDataLoss(withReuse(withResume(withOutput(withConnection(withManifests(command)), 'the plan'))), 'with --for rollback: ')
    .addOption(new Option('--for <operation>', 'operation to plan (default: upgrade where the release exists, else install)').choices(['install', 'upgrade', 'rollback', 'uninstall']))
    .option('--revision <number>', 'with --for rollback: revision to go back to (default: the one before the last)')
    .option('--create-namespace', 'plan to create the namespace if it is missing')
    .option('--wait', 'plan to wait until resources are ready')
    .option('--no-hooks', 'plan to run no hooks')
    .option('--rollback-on-failure', 'plan to go back after a failure')
    .option('--out <file>', 'keep the plan in a file, for the --plan of install, upgrade, rollback and uninstall; it holds no manifest')
    .option('--detailed-exitcode', 'exit 2 if the plan would run or change anything')
    .action(async (release: string, manifests: string[], given: PlanFlags) => {
      const flags: PlanFlags = { ...given, timeout: '5m', failFast: true, lockTimeout: '0s', progress: 'auto' };
      const to = flags.revision === undefined ? undefined : revisionNumber(flags.revision);
      const common = { operation: flags.for ?? 'upgrade', release, flags, streams };
      if (flags.resume && (flags.for === 'rollback' || flags.for === 'uninstall')) throw new UsageError('--resume is for an install or an upgrade');
      const { out } = flags;
      const keep = out === undefined ? undefined : (plan: SavedPlan) => write(out, plan);
      const changes = await (flags.for === 'rollback' || flags.for === 'uninstall'
        ? preview({ ...common, planner: (history, options) => (flags.for === 'rollback' ? planRollback(history, to, options) : planUninstall(history, options)) }, keep)
        : flags.resume
          ? preview({ ...common, input: readResumed(manifests, flags), resumes: RESUMES[flags.for ?? 'auto'] }, keep)
          : preview({ ...common, input: readChecked(manifests, flags), planner: PLANNERS[flags.for ?? 'auto'] }, keep));
      exit(changes && flags.detailedExitcode ? EXIT.changes : EXIT.done);
    });
}
