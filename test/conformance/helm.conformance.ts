import { BEHAVIOURS } from './behaviours';
import { compare } from './compare';
import { runSuite } from './suite';

const only = process.env.ONLY?.split(',');
const chosen = BEHAVIOURS.filter(({ id }) => !only || only.some((start) => id.startsWith(start)));
let results: Awaited<ReturnType<typeof runSuite>>;

beforeAll(async () => {
  results = await runSuite(chosen);
});

test.each(chosen.map((behaviour) => [`${behaviour.id}: ${behaviour.does}`, behaviour] as const))('%s', (_name, { id, differs }) => {
  const result = results.get(id);
  if (!result) return;
  const { helm3, helm4, ours } = result.reports;
  console.log(JSON.stringify({helm3, helm4, ours, ms: result.runs.map((r) => r.milliseconds), err: result.runs.map((r)=>r.steps.map((s)=>s.ran.stderr))}, null, 1));
  const { problem, lines } = compare(helm3, helm4, ours, differs);
  if (problem) throw new Error([problem, ...lines].join('\n'));
});
