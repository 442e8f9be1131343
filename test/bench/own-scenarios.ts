import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Figure, Run, Scenario } from './scenario';

const REPOSITORY = resolve(__dirname, '../..');

/** What nobody but ours does: a script in a process of its own, with the compiled package, prints one number a figure. */
function own(script: string, count: number, figures: readonly Figure[]): Scenario {
  const env = { ...process.env, TS_NODE_TRANSPILE_ONLY: 'true', TS_NODE_PROJECT: join(REPOSITORY, 'test/tsconfig.json') };
  const run = async (): Promise<Run> => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-r', 'ts-node/register', join(__dirname, script), String(count)], { cwd: REPOSITORY, env });
    return { numbers: stdout.trim().split(' ').map(Number), left: '' };
  };
  return { figures, tools: ['ours'], run };
}

export const PLAN_4000 = own('plan-objects.ts', 4000, [{ name: 'plan of 4,000 objects, no cluster', unit: 'ms', target: { most: 1000 } }]);

export const PLAN_19000 = own('plan-objects.ts', 19_000, [{ name: 'plan of 19,000 objects, no cluster', unit: 'ms', target: { most: 5000 } }]);

const PLAIN = 'synth of 1,000 plain Jobs';

export const SYNTH = own('synthesize.ts', 1000, [
  { name: PLAIN, unit: 'ms' }, { name: 'synth of 1,000 hooks', unit: 'ms', target: { of: { figure: PLAIN, times: 2 } } },
]);
