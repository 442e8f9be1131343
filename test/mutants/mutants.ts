/** A planted defect of the engine: a small change of one source, and the tests that must notice it. */
export interface Mutant {
  /** What the engine does wrong then. */
  readonly name: string;
  /** The source, from the root of the repository. */
  readonly file: string;
  /** What is replaced; it stands in the source exactly once. */
  readonly search: string;
  readonly replace: string;
  readonly tests: readonly string[];
}

const LIVES = 'test/lifecycle/properties/lives.test.ts';

/** One defect of each kind that must never go unnoticed. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'order: hooks run by name, then by weight',
    file: 'src/release/hook.ts',
    search: 'a.weight - b.weight || compareBytes(a.ref.name, b.ref.name)',
    replace: 'compareBytes(a.ref.name, b.ref.name) || a.weight - b.weight',
    tests: [LIVES],
  },
  {
    name: 'policy: a failure leaves the objects of earlier hooks, whatever hook-succeeded says',
    file: 'src/lifecycle/run/run-hooks.ts',
    search: 'steps.filter((_, place) => succeeded.has(place) && goes(place))',
    replace: '[]',
    tests: [LIVES],
  },
  {
    name: 'verdict: a Job that somebody deletes while it runs counts as done',
    file: 'src/lifecycle/run/hook-wait.ts',
    search: "ended({ kind: 'failed', cause: 'it was deleted before it finished' })",
    replace: "ended({ kind: 'succeeded' })",
    tests: [LIVES],
  },
  {
    name: 'lock: who has lost it goes on writing',
    file: 'src/lifecycle/run/guard.ts',
    search: 'await check();',
    replace: '',
    tests: ['test/lifecycle/run/perform.test.ts'],
  },
  {
    name: 'prune: what only a failed revision has made is forgotten',
    file: 'src/lifecycle/plan/steps.ts',
    search: 'record.version >= (base?.version ?? 0)',
    replace: 'record.version === (base?.version ?? 0)',
    tests: [LIVES],
  },
  {
    name: 'record: the old revision stays deployed beside the new one',
    file: 'src/lifecycle/run/deploy.ts',
    search: 'for (const revision of supersede) {',
    replace: 'for (const revision of supersede.slice(1)) {',
    tests: [LIVES],
  },
  {
    name: 'changes: a hook that has begun to run keeps its last success',
    file: 'src/lifecycle/run/only-when-changed.ts',
    search: 'journal.forget(ref);',
    replace: '',
    tests: ['test/lifecycle/run/only-when-changed-deaths.test.ts'],
  },
  {
    name: 'changes: what a ConfigMap holds does not count',
    file: 'src/release/hook-work.ts',
    search: 'data: sorted(data ?? {})',
    replace: 'data: {}',
    tests: ['test/lifecycle/run/only-when-changed.test.ts'],
  },
  {
    name: 'always: what runs in any case does not run after a failure',
    file: 'src/lifecycle/run/after-failure.ts',
    search: 'plan.after.filter((step) => runsAlways(step) && !ends.has(step))',
    replace: '[]',
    tests: ['test/lifecycle/run/after-failure.test.ts'],
  },
  {
    name: 'lost answer: an object that was created unnoticed is taken for somebody else\'s',
    file: 'src/cluster/retrying.ts',
    search: "if (!unsure || before || !isClusterError(error, 'already-exists')) throw error;",
    replace: 'throw error;',
    tests: ['test/lifecycle/run/fault-anywhere.test.ts'],
  },
  {
    name: 'crash: a hook that was left running is not stopped',
    file: 'src/lifecycle/run/stop-unfinished.ts',
    search: 'if (!isUnfinished(entry)) continue;',
    replace: 'continue;',
    tests: ['test/lifecycle/run/perform.test.ts'],
  },
];
