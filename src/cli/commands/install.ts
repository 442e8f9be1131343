import { Command } from 'commander';
import { planInstall } from '../../lifecycle';
import { readChecked, readResumed } from '../content-source';
import { OperationFlags, operate } from '../operate';
import { withManifests, withOperation, withDeployment, withResume, withTakeover } from '../options';
import { Streams } from '../output';
import { checkReleaseName } from '../session';

/** `install RELEASE [MANIFESTS…]` */
export function installCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('install').description('install a release: pre-install hooks, resources, post-install hooks').argument('<release>', 'name of the release');
  return withResume(withTakeover(withDeployment(withOperation(withManifests(command)))))
    .option('--replace', 'install over what is left of a release that was uninstalled with --keep-history, or whose first install failed')
    .option('--create-namespace', 'create the namespace if it is missing')
    .action(async (release: string, manifests: string[], flags: OperationFlags & { readonly resume?: boolean }) => {
      checkReleaseName(release); // before a program is run for its manifests
      const common = { operation: 'install', release, flags, streams } as const;
      exit(await (flags.resume
        ? operate({ ...common, input: readResumed(manifests, flags), resumes: ['install'] })
        : operate({ ...common, input: readChecked(manifests, flags), planner: planInstall })));
    });
}
