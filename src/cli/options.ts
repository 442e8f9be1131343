import { Command, Option } from 'commander';
import { DEFAULT_SETTINGS } from '../lifecycle';
import { reportRequests } from './report-request';

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

/** Reports of what a command did, beside what it shows. */
export function withReports(command: Command): Command {
  const report = new Option('--report <format=file>', 'also write a report to a file, when it failed or was stopped, too: junit=FILE, json=FILE or html=FILE; several times, or with commas');
  return command.addOption(report.argParser(reportRequests).conflicts('dryRun'));
}

const HOOK_LOGS = 'logs of hooks: all as they come, those that helm.sh/hook-output-log-policy asks for after each hook, or none';

/** How many hooks run at once. */
export function withParallelism(command: Command): Command {
  return command.option('--parallelism <number>', 'how many hooks may run at once where their declared order allows it; 1: one after the other', String(DEFAULT_SETTINGS.parallelism));
}

/** Flags of the commands that run hooks. */
export function withHookRuns(command: Command, waits: string): Command {
  return withParallelism(withReports(command).option('--timeout <duration>', `longest wait for any one ${waits}, such as 90s, 5m, 1h30m`, '5m'))
    .option('--lock-timeout <duration>', 'how long to wait while another operation holds the release', '0s')
    .option('--no-fail-fast', 'wait until the timeout for a hook that cannot run, even where waiting cannot help')
    .addOption(new Option('--progress <kind>', 'how an operation is shown: live on a terminal, plain lines, or auto: live where people watch').choices(['auto', 'plain', 'live']).default('auto'))
    .addOption(new Option('--hook-logs <which>', HOOK_LOGS).choices(['all', 'policy', 'none']).default('all'))
    .option('--dry-run', 'show the plan and change nothing');
}

/** Flags of the commands that change a release. */
export function withOperation(command: Command): Command {
  return withHookRuns(withOutput(withConnection(command), 'one event a line'), 'hook, deletion or readiness')
    .option('--plan <file>', 'do exactly what the plan in this file says (see plan --out), or nothing where anything would be otherwise')
    .option('--no-hooks', 'run no hooks')
    .option('--wait', 'wait until resources are ready (after an uninstall: gone) before the post hooks run');
}

/** Flags of the commands that write a revision. */
export function withDeployment(command: Command): Command {
  return command
    .option('--wait-for-jobs', 'with --wait: wait for the Jobs among the resources to end, too')
    .option('--force-conflicts', 'take fields that other field managers own')
    .option('--history-max <number>', 'revisions to keep, 0 for all (default: HELM_MAX_HISTORY, 10)')
    .option('--cleanup-on-fail', 'after a failure delete the resources that the operation has created');
}

/** Flags of the commands that bring new manifests. */
export function withTakeover(command: Command): Command {
  return command
    .option('--rollback-on-failure', 'after a failure go back by itself: roll back an upgrade, uninstall an install; implies --wait')
    .addOption(new Option('--atomic', "helm 3's name of --rollback-on-failure").hideHelp())
    .option('--take-ownership', 'take over objects that exist and do not belong to the release');
}

/** The flag of the operations that can go on where they failed. */
export function withResume(command: Command): Command {
  return command.option('--resume', 'go on with the last revision, which failed, where it failed; without manifests, with those that were recorded');
}

const DATA_LOSS = 'roll back although hooks that are marked irreversible have run since';

/** Whether a rollback may go over what cannot be taken back. */
export function withDataLoss(command: Command, when = ''): Command {
  return command.option('--accept-data-loss', `${when}${DATA_LOSS}`);
}

const each = (value: string, before: readonly string[] = []) => [...before, value];

/** Values for a chart or for the program of --app. Helm knows them all, by the same names. */
function withValues(command: Command, whose: string): Command {
  return command
    .option('-f, --values <file>', `for ${whose}: values from a YAML file, or - for standard input; several times, the last wins`, each)
    .option('--set <name=value>', `for ${whose}: set values: a.b=1,c[0]=x,d={x,y}, null to drop a default; several times`, each)
    .option('--set-string <name=value>', 'the same, but every value is text', each)
    .option('--set-json <name=json>', 'the same, but every value is JSON; or a whole map as JSON', each)
    .option('--set-file <name=file>', 'the same, but every value is the text of a file', each)
    .option('--set-literal <name=value>', 'set one value to a text, taken as it is', each);
}

/** What becomes of the values that the user gave to the revision before. */
export function withReuse(command: Command): Command {
  return command
    .option('--reuse-values', "keep the values of the revision before, the chart's own included, below those given now")
    .option('--reset-values', 'forget the values given before, even where none are given now; wins over the others')
    .option('--reset-then-reuse-values', "keep the values given before, below those given now, over the chart's own of today");
}

const MANIFESTS = 'files, folders with all below them, chart folders written by cdk8s, or - for standard input';

const APP = "run a cdk8s program instead of reading manifests: 'npx tsx main.ts'; words are split as in a shell, no shell runs";

/** Where manifests come from. */
export function withManifests(command: Command): Command {
  return withValues(command
    .argument('[manifests...]', `${MANIFESTS}; or one chart that helm renders: a folder, a .tgz or oci://…`)
    .option('--app <command>', APP)
    .option('--version <range>', 'version of a chart in a registry (default: the newest)'), 'a chart or --app');
}

/** Where manifests come from, but for those that helm renders. */
export function withOwnManifests(command: Command): Command {
  return withValues(command.argument('[manifests...]', MANIFESTS).option('--app <command>', APP), '--app');
}
