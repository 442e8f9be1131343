import { annotated, deployment, hook } from '../conformance/manifests';
import { OperationOptions } from './engine';
import { Seen, Sequence, Written, foretold } from './sequence';

/*
 * What runs when, on Pulumi's real engine and a real API server: the life of a release, every failure of it, and what people do then.
 *
 * Each row is a stack; each step says exactly which hooks ran and which resources were touched, in the order of the API server's audit log.
 */

interface Step {
  readonly what: string;
  readonly does: (sequence: Sequence) => Promise<Seen | void>;
  /** What is seen of it; absent for what Pulumi does not do. */
  readonly seen?: string;
}

type Event = Parameters<Sequence['break']>[0];

const up = (version: number, seen: string, written?: Written, options?: OperationOptions): Step =>
  ({ what: `up ${version}`, does: (sequence) => sequence.up(version, written, options), seen });
const upWithout = (seen: string): Step => ({ what: 'up without the release', does: (sequence) => sequence.upWithout(), seen });
const destroy = (seen: string, options?: OperationOptions): Step => ({ what: 'destroy', does: (sequence) => sequence.destroy(options), seen });
const refresh = (): Step => ({ what: 'refresh', does: (sequence) => sequence.refresh(), seen: '' });
const kill = (version: number, event: Event, seen: string): Step => ({ what: `kill ${version}`, does: (sequence) => sequence.kill(version, event), seen });
const killDestroy = (event: Event, seen: string): Step => ({ what: 'kill destroy', does: (sequence) => sequence.killDestroy(event), seen });
const breaks = (event: Event): Step => ({ what: `break ${event}`, does: (sequence) => sequence.break(event) });
const mends = (event: Event): Step => ({ what: `mend ${event}`, does: (sequence) => sequence.mend(event) });
const forbid = (kinds: string): Step => ({ what: `forbid ${kinds}`, does: (sequence) => sequence.forbid(kinds) });
const allow = (): Step => ({ what: 'allow', does: (sequence) => sequence.allow() });
const forget = (end: 'opening' | 'closing'): Step => ({ what: `forget ${end}`, does: (sequence) => sequence.forget(end) });
const loseNamespace = (): Step => ({ what: 'lose the namespace', does: (sequence) => sequence.loseNamespace() });

const INSTALLED = up(1, 'pre-install app post-install');
const GONE = destroy('pre-delete -app post-delete');

const NEVER_READY = annotated(deployment('web', { replicas: 1, fits: false }), { 'pulumi.com/timeoutSeconds': '2' });
const SMOKE_TEST = hook('smoke', { on: 'test' });

type Rows = Readonly<Record<string, readonly Step[]>>;

/** The sequences by their groups, and those by what they show. */
export const SEQUENCES = {
  'events': {
    'a fresh up runs pre-install before the first resource and post-install after the last': [INSTALLED],
    'an up that changes nothing runs no hook': [INSTALLED, up(1, '')],
    'a changed up runs pre-upgrade and post-upgrade': [INSTALLED, up(2, 'pre-upgrade app extra post-upgrade')],
    'an up back to what was deployed before runs pre-rollback and post-rollback, and a resource that goes goes after them': [
      INSTALLED, up(2, 'pre-upgrade app extra post-upgrade'), up(1, 'pre-rollback app post-rollback -extra'), up(2, 'pre-upgrade app extra post-upgrade'),
    ],
    'with rollback: never an up back runs pre-upgrade and post-upgrade': [
      up(1, 'pre-install app post-install', { rollback: 'never' }), up(2, 'pre-upgrade app extra post-upgrade', { rollback: 'never' }),
      up(1, 'pre-upgrade app post-upgrade -extra', { rollback: 'never' }),
    ],
    'destroy runs pre-delete before the first resource goes and post-delete after the last': [INSTALLED, GONE],
    'a release that is removed from the program runs pre-delete and post-delete': [INSTALLED, upWithout('pre-delete -app post-delete')],
    'a release that is changed and destroyed runs the deletion hooks of what it is now': [
      INSTALLED, up(2, 'pre-upgrade app extra post-upgrade'), destroy('pre-delete -app -extra post-delete'),
    ],
    'a new trigger runs pre-upgrade and post-upgrade although nothing has changed': [
      up(1, 'pre-install app post-install', { trigger: 1 }), up(1, 'pre-upgrade post-upgrade', { trigger: 2 }), up(1, '', { trigger: 2 }),
    ],
    'a changed setting runs no hook': [INSTALLED, up(1, '', { timeoutSeconds: 60 }), up(1, '', { timeoutSeconds: 60 })],
  },
  'failing hooks': {
    'after a failed pre-install the next up runs it again': [
      breaks('pre-install'), up(1, 'pre-install FAILED'), mends('pre-install'), up(1, 'pre-install app post-install'), GONE,
    ],
    'after a failed pre-install an up without the release runs no hook': [breaks('pre-install'), up(1, 'pre-install FAILED'), upWithout('')],
    'after a failed pre-install destroy runs no hook': [breaks('pre-install'), up(1, 'pre-install FAILED'), destroy('')],
    'after a failed pre-install a changed up is the installation': [
      breaks('pre-install'), up(1, 'pre-install FAILED'), mends('pre-install'), up(2, 'pre-install app extra post-install'),
    ],
    'after a failed post-install the next up runs only it again': [
      breaks('post-install'), up(1, 'pre-install app post-install FAILED'), mends('post-install'), up(1, 'post-install'), up(1, ''), GONE,
    ],
    'after a failed post-install an up without the release runs pre-delete and post-delete': [
      breaks('post-install'), up(1, 'pre-install app post-install FAILED'), upWithout('pre-delete -app post-delete'),
    ],
    'after a failed post-install destroy runs pre-delete and post-delete': [breaks('post-install'), up(1, 'pre-install app post-install FAILED'), GONE],
    'after a failed post-install a changed up is the installation': [
      breaks('post-install'), up(1, 'pre-install app post-install FAILED'), mends('post-install'), up(2, 'pre-install app extra post-install'),
    ],
    'after a failed pre-upgrade the next up runs it again': [
      INSTALLED, breaks('pre-upgrade'), up(2, 'pre-upgrade FAILED'), mends('pre-upgrade'), up(2, 'pre-upgrade app extra post-upgrade'),
    ],
    'after a failed pre-upgrade an up of the old program runs no hook': [INSTALLED, breaks('pre-upgrade'), up(2, 'pre-upgrade FAILED'), up(1, '')],
    'after a failed pre-upgrade destroy runs the deletion hooks of what is deployed': [INSTALLED, breaks('pre-upgrade'), up(2, 'pre-upgrade FAILED'), GONE],
    'after a failed post-upgrade the next up runs only it again': [
      INSTALLED, breaks('post-upgrade'), up(2, 'pre-upgrade app extra post-upgrade FAILED'), mends('post-upgrade'), up(2, 'post-upgrade'),
    ],
    'after a failed post-upgrade an up of the old program is a rollback': [
      INSTALLED, breaks('post-upgrade'), up(2, 'pre-upgrade app extra post-upgrade FAILED'), up(1, 'pre-rollback app post-rollback -extra'),
    ],
    'after a failed post-upgrade destroy runs pre-delete and post-delete': [
      INSTALLED, breaks('post-upgrade'), up(2, 'pre-upgrade app extra post-upgrade FAILED'), destroy('pre-delete -app -extra post-delete'),
    ],
    'after a failed pre-delete the next destroy runs it again': [
      INSTALLED, breaks('pre-delete'), destroy('pre-delete FAILED'), destroy('pre-delete FAILED'), mends('pre-delete'), GONE,
    ],
    'after a failed pre-delete an up of the program runs no hook': [INSTALLED, breaks('pre-delete'), destroy('pre-delete FAILED'), up(1, '')],
    'after a failed post-delete the next destroy runs only it again': [
      INSTALLED, breaks('post-delete'), destroy('pre-delete -app post-delete FAILED'), destroy('post-delete FAILED'), mends('post-delete'), destroy('post-delete'),
    ],
    'after a failed post-delete an up of the program runs post-install': [
      INSTALLED, breaks('post-delete'), destroy('pre-delete -app post-delete FAILED'), up(1, 'app post-install'),
    ],
  },
  'failing resources': {
    'after a failed resource of an installation the next up goes on with it and runs post-install': [
      forbid('configmaps'), up(1, 'pre-install FAILED'), allow(), up(1, 'app post-install'),
    ],
    'after a failed resource of an installation a changed up is the installation': [
      forbid('configmaps'), up(1, 'pre-install FAILED'), allow(), up(2, 'pre-install app extra post-install'),
    ],
    'after a failed resource of an installation an up without the release runs post-delete only': [
      forbid('configmaps'), up(1, 'pre-install FAILED'), upWithout('post-delete'),
    ],
    'after a failed resource of an installation destroy runs post-delete only': [forbid('configmaps'), up(1, 'pre-install FAILED'), destroy('post-delete')],
    'after a failed resource of an upgrade the next up goes on with it and runs post-upgrade': [
      INSTALLED, forbid('services'), up(2, 'pre-upgrade app FAILED'), allow(), up(2, 'extra post-upgrade'),
    ],
    'after a failed resource of an upgrade an up of the old program is a rollback': [
      INSTALLED, forbid('services'), up(2, 'pre-upgrade app FAILED'), up(1, 'pre-rollback app post-rollback'),
    ],
    'after a failed resource of an upgrade destroy runs pre-delete and post-delete': [INSTALLED, forbid('services'), up(2, 'pre-upgrade app FAILED'), GONE],
  },
  'parts of a stack': {
    'an up of one target runs no hook': [
      INSTALLED, up(2, 'app', undefined, { target: ['web:app'] }), up(2, 'pre-upgrade extra post-upgrade'),
    ],
    'a destroy of one target and its dependents runs pre-delete': [
      INSTALLED, destroy('pre-delete -app', { target: ['web:app'], targetDependents: true }), up(1, 'app post-install'),
    ],
    'a refresh runs no hook and forgets no failure': [
      breaks('post-install'), up(1, 'pre-install app post-install FAILED'), refresh(), mends('post-install'), up(1, 'post-install'),
    ],
  },
  'a dead engine': {
    'after the engine was killed in pre-install the next up stops what is left and runs it again': [
      kill(1, 'pre-install', 'pre-install FAILED'), up(1, 'pre-install app post-install', { slow: 'pre-install' }),
    ],
    'after the engine was killed in post-install the next up stops what is left and runs it again': [
      kill(1, 'post-install', 'pre-install app post-install FAILED'), up(1, 'post-install', { slow: 'post-install' }),
    ],
    'after the engine was killed in pre-upgrade the next up stops what is left and runs it again': [
      INSTALLED, kill(2, 'pre-upgrade', 'pre-upgrade FAILED'), up(2, 'pre-upgrade app extra post-upgrade', { slow: 'pre-upgrade' }),
    ],
    'after the engine was killed in post-upgrade the next up stops what is left and runs it again': [
      INSTALLED, kill(2, 'post-upgrade', 'pre-upgrade app extra post-upgrade FAILED'), up(2, 'post-upgrade', { slow: 'post-upgrade' }),
    ],
    'after the engine was killed in pre-delete the next destroy stops what is left and runs it again': [
      up(1, 'pre-install app post-install', { slow: 'pre-delete' }), killDestroy('pre-delete', 'pre-delete FAILED'), GONE,
    ],
    'after the engine was killed in post-delete the next destroy stops what is left and runs it again': [
      up(1, 'pre-install app post-install', { slow: 'post-delete' }), killDestroy('post-delete', 'pre-delete -app post-delete FAILED'), destroy('post-delete'),
    ],
  },
  'owners': {
    'a renamed resource with an alias runs no hook': [INSTALLED, up(1, '', { called: 'renamed', options: { aliases: [{ name: 'web' }] } }), GONE],
    'a renamed resource without an alias is refused': [INSTALLED, up(1, 'FAILED', { called: 'renamed' }), up(1, '')],
    'a replaced opening runs pre-upgrade and post-upgrade and no deletion hook': [
      INSTALLED, up(1, 'pre-upgrade post-upgrade', undefined, { flags: ['--replace=**::web-opening'] }), GONE,
    ],
  },
  'without hooks': {
    'a release with retainOnDelete that is removed from the program runs no hook': [
      up(1, 'pre-install app post-install', { options: { retainOnDelete: true } }), upWithout(''),
    ],
    'destroy after the namespace is gone runs no hook': [INSTALLED, loseNamespace(), destroy('')],
    'destroy after pre-delete was given up runs post-delete only': [
      INSTALLED, breaks('pre-delete'), destroy('pre-delete FAILED'), forget('closing'), destroy('-app post-delete'),
    ],
  },
  'differences from Helm': {
    'a resource that an upgrade leaves out goes after post-upgrade': [
      INSTALLED, up(2, 'pre-upgrade app extra post-upgrade'), up(1, 'pre-upgrade app post-upgrade -extra', { rollback: 'never' }),
    ],
    'post-hooks wait until every resource is ready, unless they are only to be applied': [
      up(1, 'pre-install app FAILED', { more: [NEVER_READY] }), up(1, 'pre-install app post-install', { more: [NEVER_READY], await: 'applied' }),
    ],
    'hooks of the event test run at no event of a stack': [
      up(1, 'pre-install app post-install', { more: [SMOKE_TEST] }), up(1, 'pre-upgrade post-upgrade', { more: [SMOKE_TEST], trigger: 1 }), GONE,
    ],
  },
} as const satisfies Readonly<Record<string, Rows>>;

/** Tries the sequences of some groups. */
export function trySequences(...groups: readonly (keyof typeof SEQUENCES)[]): void {
  test.each(groups.flatMap((group) => Object.entries<readonly Step[]>(SEQUENCES[group])))('%s', async (_name, steps) => {
    const sequence = await Sequence.begin();
    try {
      const seen: string[] = [];
      const expected: string[] = [];
      for (const { what, does, seen: wanted } of steps) {
        const result = await does(sequence);
        if (!result) continue;
        seen.push(`${what}: ${result.trace}`);
        expected.push(`${what}: ${wanted}`);
        checkForetold(result);
        if (seen.at(-1) !== expected.at(-1)) console.error(result.outcome.output);
      }
      expect(seen).toEqual(expected);
    } finally {
      await sequence.end();
    }
  });
}

/** What a preview says would run before and after a change is what runs, up to the hook that fails. */
function checkForetold({ trace, outcome, preview }: Seen): void {
  if (preview === undefined) return;
  const ran = trace.split(' ').filter((name) => /^(pre|post)-(install|upgrade|rollback)$/.test(name)).join(' ');
  const said = outcome.failed ? foretold(preview).slice(0, ran.length) : foretold(preview);
  if (said !== ran) console.error(preview.output);
  expect(said).toBe(ran);
}
