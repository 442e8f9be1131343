import * as fc from 'fast-check';
import { Chart, HOOK_KINDS, HookKind, HookManifest, JobEnd, ResourceManifest, Step, objectOf } from './model';

const EVENTS = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete'];
const POLICIES = ['before-hook-creation', 'hook-succeeded', 'hook-failed'];

/** How a word may be written so that Helm still reads it. */
const spelt = (words: readonly string[]) =>
  fc.tuple(fc.constantFrom(...words), fc.constantFrom(0, 1, 2)).map(([word, how]) => [word, ` ${word} `, word.toUpperCase()][how]);

const hook: fc.Arbitrary<HookManifest> = fc.record({
  hook: fc.constant(true as const),
  kind: fc.oneof({ weight: 5, arbitrary: fc.constant<HookKind>('Job') }, { weight: 3, arbitrary: fc.constantFrom(...HOOK_KINDS) }),
  name: fc.constantFrom('a', 'b-1', 'b', 'b.c', 'c'),
  namespace: fc.option(fc.constant('other'), { nil: undefined, freq: 4 }),
  on: fc.array(spelt(EVENTS), { minLength: 1, maxLength: 4 }).map((words) => words.join(',')),
  weight: fc.option(fc.constantFrom('0', '-5', '-1', '1', '+3', '007', '10'), { nil: undefined, freq: 2 }),
  policies: fc.option(fc.array(spelt(POLICIES), { minLength: 1, maxLength: 3 }).map((words) => words.join(',')), { nil: undefined, freq: 2 }),
});

const resource: fc.Arbitrary<ResourceManifest> = fc.record({
  hook: fc.constant(false as const),
  name: fc.constantFrom('r1', 'r2', 'r3', 'r4'),
  keep: fc.boolean(),
  data: fc.nat(2),
});

/** A chart of hooks and resources, in any order; no object stands in it twice. */
const chart: fc.Arbitrary<Chart> = fc.uniqueArray(fc.oneof({ weight: 3, arbitrary: hook }, { weight: 1, arbitrary: resource }), {
  selector: (manifest) => (manifest.hook ? objectOf(manifest) : manifest.name), minLength: 1, maxLength: 8,
});

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: chart.map((manifests): Step => ({ do: 'deploy', chart: manifests })) },
  { weight: 2, arbitrary: fc.nat(4).map((back): Step => ({ do: 'rollback', back })) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'uninstall' }) },
);

/** What a release goes through, and how its Jobs end, one after the other and over again. */
export const life = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
  ends: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.constant<JobEnd>('succeeds') },
      { weight: 2, arbitrary: fc.constantFrom<JobEnd>('fails', 'takes too long', 'is deleted') },
    ),
    { minLength: 1, maxLength: 20 },
  ),
});
