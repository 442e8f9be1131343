import { Command } from 'commander';
import { planUpgrade, planUpgradeOrInstall } from '../../lifecycle';
import { readChecked, readResumed } from '../content-source';
import { OperationFlags, operate } from '../operate';
import { withDataLoss, withManifests, withOperation, withDeployment, withResume, withReuse, withTakeover } from '../options';
import { Streams } from '../output';
import { checkReleaseName } from '../session';

/** `upgrade RELEASE [MANIFESTS…]` */
export function upgradeCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('upgrade').description('upgrade a release: pre-upgrade hooks, resources, post-upgrade hooks').argument('<release>', 'name of the release');
  return withDataLoss(withReuse(withResume(withTakeover(withDeployment(withOperation(withManifests(command)))))), 'with --rollback-on-failure: ')
    .option('-i, --install', 'install the release if there is none')
    .option('--create-namespace', 'with --install: create the namespace if it is missing')
    .action(async (release: string, manifests: string[], flags: OperationFlags & { readonly install?: boolean; readonly resume?: boolean }) => {
      checkReleaseName(release); // before a program is run for its manifests
      const common = { operation: 'upgrade', release, flags, streams } as const;
      exit(await (flags.resume
        ? operate({ ...common, input: readResumed(manifests, flags), resumes: flags.install ? ['install', 'upgrade'] : ['upgrade'] })
        : operate({ ...common, input: readChecked(manifests, flags), planner: flags.install ? planUpgradeOrInstall : planUpgrade })));
    });
}
