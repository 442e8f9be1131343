import { cpus, loadavg } from 'node:os';
import setup from '../cluster/global-setup';
import teardown from '../cluster/global-teardown';
import { Toolbox } from '../conformance/tools';
import { Measured, measure } from './measure';
import { Scenario } from './scenario';
import { HOOK_CHAIN, SCENARIOS } from './scenarios';
import { benchTable } from './table';

/** What is promised: the chain of hooks takes less than this part of helm 4's time. */
const PROMISE = 1 / 3;

const ROUNDS = 5;

/** Enough to see a promise that is broken, in the time that CI has. */
const SMOKE_ROUNDS = 2;

const USAGE = 'Usage: npm run --silent bench [-- --smoke | --only TEXT]; TEXT is a part of what is measured, as the table calls it';

/** Which scenarios, and how often. */
function chosen(args: readonly string[]): { readonly scenarios: readonly Scenario[]; readonly rounds: number } {
  const [flag, ...words] = args;
  const text = words.join(' '); // projen hands on the words of a quoted text one by one
  if (flag === undefined) return { scenarios: SCENARIOS, rounds: ROUNDS };
  if (flag === '--smoke' && text === '') return { scenarios: [HOOK_CHAIN], rounds: SMOKE_ROUNDS };
  const scenarios = SCENARIOS.filter(({ figures }) => figures.some(({ name }) => text !== '' && name.includes(text)));
  if (flag !== '--only' || scenarios.length === 0) throw new Error(USAGE);
  return { scenarios, rounds: ROUNDS };
}

async function measureAll({ scenarios, rounds }: ReturnType<typeof chosen>): Promise<Measured[]> {
  const toolbox = await Toolbox.open();
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const measured: Measured[] = [];
    for (const scenario of scenarios) measured.push(...(await measure(scenario, rounds, toolbox, say)));
    return measured;
  } finally {
    toolbox.close();
  }
}

/** Whether what is promised holds, where it was measured. */
function keepsPromise(measured: readonly Measured[]): boolean {
  const [{ name }] = HOOK_CHAIN.figures;
  const { ours, helm4 } = measured.find(({ figure }) => figure.name === name)?.byTool ?? {};
  if (!ours || !helm4) return true;
  const ratio = ours.median / helm4.median;
  console.log(`${name}: ${(ratio * 100).toFixed(0)} % of helm 4's time; promised are less than ${(PROMISE * 100).toFixed(0)} %`);
  return ratio < PROMISE;
}

async function main(args: readonly string[]): Promise<void> {
  const choice = chosen(args);
  await setup();
  try {
    const [before] = loadavg();
    const measured = await measureAll(choice);
    console.log(benchTable(measured));
    // Helm mostly waits for the Job controller, ours for the API server: on a machine that is busy with other things the comparison says little.
    console.log(`\n${cpus().length} cores; load ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} at the end`);
    if (!keepsPromise(measured)) process.exitCode = 1;
  } finally {
    await teardown();
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
