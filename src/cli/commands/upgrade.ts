import { Command } from 'commander';
import { planUpgrade, planUpgradeOrInstall } from '../../lifecycle';
import { readChecked } from '../content-source';
import { OperationFlags, operate } from '../operate';
import { withManifests, withOperation, withDeployment, withReuse, withTakeover } from '../options';
import { Streams } from '../output';
import { checkReleaseName } from '../session';

/** `upgrade RELEASE [MANIFESTS…]` */
export function upgradeCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('upgrade').description('upgrade a release: pre-upgrade hooks, resources, post-upgrade hooks').argument('<release>', 'name of the release');
  return withReuse(withTakeover(withDeployment(withOperation(withManifests(command)))))
    .option('-i, --install', 'install the release if there is none')
    .option('--create-namespace', 'with --install: create the namespace if it is missing')
    .action(async (release: string, manifests: string[], flags: OperationFlags & { readonly install?: boolean }) => {
      checkReleaseName(release); // before a program is run for its manifests
      const input = readChecked(manifests, flags);
      exit(await operate({ operation: 'upgrade', release, flags, input, streams, planner: flags.install ? planUpgradeOrInstall : planUpgrade }));
    });
}
