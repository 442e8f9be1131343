import { Argument, Command, Option } from 'commander';
import { Cluster, retrying } from '../../cluster';
import { PerformEventRequest, claimedSuccesses, findClaim, isEnding, operationOf, performEventWith, planEvent } from '../../lifecycle';
import { ReleaseClaim, ReleaseContent, secretValues } from '../../release';
import { printable, printableJson } from '../../report';
import { CheckedInput, contentSource, readChecked } from '../content-source';
import { Asked, Asker, EVENT_WORDS, EventWord, asked } from '../event-word';
import { EXIT, exitCodeOfOutcome } from '../exit-codes';
import { goDuration } from '../go-duration';
import { InputFlags } from '../input';
import { showPlan } from '../operate';
import { withConnection, withHookRuns, withOwnManifests } from '../options';
import { OutputFormat, Streams } from '../output';
import { parallelism } from '../parallelism';
import { Receipt, ReceiptHook, receiptHooks, receiptId } from '../receipt';
import { ConnectionFlags, checkReleaseName, withSession } from '../session';
import { UsageError } from '../usage-error';
import { RunFlags, watched } from '../watched';

interface RunHooksFlags extends ConnectionFlags, InputFlags, Omit<RunFlags, 'output'> {
  readonly owner: string;
  readonly previous?: string;
  readonly takeOwnership?: boolean;
  readonly createNamespace?: boolean;
  readonly dryRun?: boolean;
  readonly output: OutputFormat | 'receipt';
}

/** Hooks to run, for a release in a cluster. */
interface Order {
  readonly cluster: Cluster;
  readonly release: string;
  readonly namespace: string;
  readonly input: CheckedInput;
  readonly flags: RunHooksFlags;
  readonly asker: Asker;
}

function inputOf(manifests: readonly string[], flags: InputFlags): CheckedInput {
  const input = readChecked(manifests, flags);
  if (input.kind !== 'chart') return input;
  throw new UsageError(`${input.chart} is a chart that helm renders: others manage its resources, so give what they apply: helm template … | cdk8s-lifecycle run-hooks … -`);
}

/** What the release holds. A program is run for the revision that the hooks are of. */
async function contentOf({ release, namespace, input, flags }: Order, claim: ReleaseClaim | undefined, { event }: Asked): Promise<ReleaseContent> {
  const begins = event.startsWith('pre-') && !isEnding(event);
  const revision = begins ? (claim?.revision ?? 0) + 1 : (claim?.revision ?? 1);
  const head = { release, namespace, revision, isInstall: event.endsWith('-install') };
  return (await contentSource(input, { namespace, kubeconfig: flags.kubeconfig, context: flags.context })(head)).content;
}

/** What is asked of the engine. */
interface Requested {
  readonly request: PerformEventRequest;
  /** What was planned last. */
  readonly last: () => Asked;
  /** What the cluster knew of the release before. */
  readonly claim?: ReleaseClaim;
}

/** Who asks for what, and the hooks that it means, by what the cluster knows of the release. */
async function requestOf(order: Order): Promise<Requested> {
  const { cluster, release, namespace, flags, asker } = order;
  const claim = await findClaim(retrying(cluster), { release, namespace });
  let last = asked(claim, asker);
  const { hooks, resources } = await contentOf(order, claim, last);
  const { takeOwnership = false, createNamespace = false } = flags;
  const settings = { takeOwnership, createNamespace, timeoutSeconds: goDuration(flags.timeout, '--timeout'), parallelism: parallelism(flags.parallelism) };
  const plan: PerformEventRequest['plan'] = (known, successes) => {
    last = asked(known, asker);
    return planEvent(known, { release, namespace, hooks, settings, successes, ...last });
  };
  const secret = resources.flatMap(({ object }) => secretValues(object)).map((value) => Buffer.from(value).toString('utf8'));
  const request = {
    operation: operationOf(last.event),
    release,
    namespace,
    takeOwnership,
    createNamespace: createNamespace && !isEnding(last.event),
    hooks,
    resources: resources.map(({ ref }) => ref),
    secretValues: secret,
    plan,
  };
  return { request, last: () => last, ...(claim ? { claim } : {}) };
}

async function preview(order: Order, streams: Streams): Promise<number> {
  const { request, claim } = await requestOf(order);
  const plan = request.plan(claim, await claimedSuccesses(retrying(order.cluster), order, claim, request.hooks));
  if ('skipped' in plan) streams.err(printable(plan.skipped));
  else showPlan(plan.steps, order.flags.output === 'json' ? 'json' : 'text', streams);
  return EXIT.done;
}

/** Whoever keeps a receipt gets nothing else on standard output. */
async function perform(order: Order, streams: Streams): Promise<number> {
  const { cluster, release, namespace, flags } = order;
  const { output } = flags;
  const hooks: ReceiptHook[] = [];
  const run = output === 'receipt'
    ? watched({ ...flags, output: 'text' }, { ...streams, out: streams.err, terminal: undefined, colour: false })
    : watched({ ...flags, output }, streams);
  const { request, last } = await requestOf(order);
  const outcome = await run(({ listener, options }) => performEventWith(request, cluster, (event) => {
    listener(event);
    hooks.push(...receiptHooks(event));
  }, options));
  if (output === 'receipt' && outcome.status === 'succeeded') {
    const { event, id, run: change } = last();
    streams.out(printableJson({ release, namespace, event, revision: outcome.revision, id, run: change, hooks } satisfies Receipt));
  }
  return exitCodeOfOutcome(outcome);
}

/** `run-hooks RELEASE EVENT [MANIFESTS…]` */
export function runHooksCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('run-hooks')
    .description('run the hooks of one event, and nothing else, of a release whose resources others manage, such as Pulumi or kubectl')
    .argument('<release>', 'name of the release')
    .addArgument(new Argument('<event>', 'pre-apply and post-apply: around a change, an install until one has succeeded, then an upgrade').choices(EVENT_WORDS));
  return withHookRuns(withConnection(withOwnManifests(command)), 'hook or deletion')
    .addOption(new Option('-o, --output <format>', 'text, json: one event a line, or receipt: only one object at the end, progress on standard error').choices(['text', 'json', 'receipt']).default('text'))
    .option('--owner <name>', 'whose release it is, as others are told who would run its hooks', 'cdk8s-lifecycle run-hooks')
    .option('--previous <receipt>', 'the receipt that this caller got last, empty if none: one that was replaced does not end the release of its successor')
    .option('--take-ownership', 'take the release over from another owner, or from helm')
    .option('--create-namespace', 'create the namespace if it is missing')
    .action(async (release: string, word: EventWord, manifests: string[], flags: RunHooksFlags) => {
      checkReleaseName(release); // before a program is run for its manifests
      goDuration(flags.timeout, '--timeout');
      const input = inputOf(manifests, flags);
      await withSession(release, flags, async ({ cluster, namespace }) => {
        const { owner, takeOwnership } = flags;
        const asker = { word, namespace, owner, takeOwnership, id: receiptId(flags.previous, release, namespace) };
        const order = { cluster, release, namespace, input, flags, asker };
        exit(await (flags.dryRun ? preview : perform)(order, streams));
      }, streams);
    });
}
