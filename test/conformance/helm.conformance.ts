import { BEHAVIOURS } from './behaviours';
import { compare } from './compare';
import { runSuite } from './suite';

const only = process.env.ONLY?.split(',');
const chosen = BEHAVIOURS.filter(({ id }) => !only || only.some((start) => id.startsWith(start)));
let results: Awaited<ReturnType<typeof runSuite>>;

beforeAll(async () => {
  results = await runSuite(chosen);
});

test.each(chosen.map((behaviour) => [`${behaviour.id}: ${behaviour.does}`, behaviour] as const))('%s', (_name, { id }) => {
  const result = results.get(id);
  if (!result) return;
  if (!result.reports) throw result.error;
  const { helm3, helm4, ours } = result.reports;
  const { problem, lines } = compare(helm3, helm4, ours);
  if (problem) throw new Error([problem, ...lines].join('\n'));
});

afterAll(() => {
  require('fs').writeFileSync('/tmp/conf/results.json', JSON.stringify([...results].map(([id, { runs, reports, error }]) => ({ id, reports, error: String(error), runs: runs.map((r) => ({ tool: r.tool, ms: r.milliseconds, ran: r.steps.map((s) => s.ran) })) })), null, 1));
});
