import { cpus, loadavg } from 'node:os';
import setup from '../cluster/global-setup';
import teardown from '../cluster/global-teardown';
import { Toolbox } from '../conformance/tools';
import { Measured, measure } from './measure';
import { HOOK_CHAIN, SCENARIOS } from './scenarios';
import { benchTable } from './table';

/** What is promised: the chain of hooks takes less than this part of helm 4's time. */
const PROMISE = 1 / 3;

const ROUNDS = 7;

/** Enough to see a promise that is broken, in the time that CI has. */
const SMOKE_ROUNDS = 2;

async function measureAll(smoke: boolean): Promise<Map<string, Measured>> {
  const toolbox = await Toolbox.open();
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  try {
    const [scenarios, rounds] = smoke ? [[HOOK_CHAIN], SMOKE_ROUNDS] : [SCENARIOS, ROUNDS];
    const measured = new Map<string, Measured>();
    for (const scenario of scenarios) measured.set(scenario.name, await measure(scenario, rounds, toolbox, say));
    return measured;
  } finally {
    toolbox.close();
  }
}

async function main(args: readonly string[]): Promise<void> {
  const unknown = args.find((arg) => arg !== '--smoke');
  if (unknown !== undefined) throw new Error(`Usage: npm run --silent bench [-- --smoke]; it knows no ${unknown}`);
  await setup();
  try {
    const [before] = loadavg();
    const measured = await measureAll(args.includes('--smoke'));
    console.log(benchTable(measured));
    // Helm mostly waits for the Job controller, ours for the API server: on a machine that is busy with other things the comparison says little.
    console.log(`\n${cpus().length} cores; load ${before.toFixed(1)} before, ${loadavg()[0].toFixed(1)} at the end`);
    const { helm4, ours } = measured.get(HOOK_CHAIN.name)!;
    const ratio = ours.median / helm4.median;
    console.log(`${HOOK_CHAIN.name}: ${(ratio * 100).toFixed(0)} % of helm 4's time; promised are less than ${(PROMISE * 100).toFixed(0)} %`);
    if (!(ratio < PROMISE)) process.exitCode = 1;
  } finally {
    await teardown();
  }
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
