import { Command, Option } from 'commander';

/** Flags that say which cluster and namespace. */
export function withConnection(command: Command): Command {
  return command
    .option('-n, --namespace <name>', 'namespace of the release (default: that of the kubeconfig context)')
    .option('--kubeconfig <file>', 'kubeconfig (default: KUBECONFIG, in-cluster, ~/.kube/config)')
    .option('--context <name>', 'context of the kubeconfig (default: its current one)');
}

/** How results are written. */
export function withOutput(command: Command, json: string): Command {
  return command.addOption(new Option('-o, --output <format>', `text, or json: ${json}`).choices(['text', 'json']).default('text'));
}

/** Which revision a command shows. */
export function withRevision(command: Command): Command {
  return command.option('--revision <number>', 'revision to show (default: the last)');
}

/** Flags of the commands that change a release. */
export function withOperation(command: Command): Command {
  const connected = withOutput(withConnection(command), 'one event a line');
  return connected
    .option('--timeout <duration>', 'longest wait for any one hook, deletion or readiness, such as 90s, 5m, 1h30m', '5m')
    .option('--lock-timeout <duration>', 'how long to wait while another operation holds the release', '0s')
    .option('--no-fail-fast', 'wait until the timeout for a hook that cannot run, even where waiting cannot help')
    .option('--wait', 'wait until resources are ready (after an uninstall: gone) before the post hooks run')
    .addOption(new Option('--progress <kind>', 'how an operation is shown: live on a terminal, plain lines, or auto: live where people watch').choices(['auto', 'plain', 'live']).default('auto'))
    .option('--dry-run', 'show the plan and change nothing');
}

/** Where manifests come from. */
export function withManifests(command: Command): Command {
  return command
    .argument('[manifests...]', 'files, folders with all below them, chart folders written by cdk8s, or - for standard input')
    .option('--app <command>', "run a cdk8s program instead of reading manifests: 'npx ts-node main.ts'; words are split as in a shell, no shell runs");
}
