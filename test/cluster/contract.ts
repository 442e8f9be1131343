import { Cluster } from '../../src/cluster';
import { ABOUT } from './contract/about';
import { Bench, Cases } from './contract/bench';
import { READING } from './contract/reading';
import { WRITING } from './contract/writing';

/** What every cluster does, method by method of the port: a method that is missing here does not compile. */
const CONTRACT: { readonly [Method in keyof Cluster]: Cases } = { ...ABOUT, ...READING, ...WRITING };

/** Runs every case against an adapter, each on a bench of its own. */
export function describeContract(adapter: string, bench: () => Promise<Bench & { readonly dispose: () => Promise<void> }>): void {
  describe(`the contract of Cluster, kept by ${adapter}`, () => {
    let open: Bench & { readonly dispose: () => Promise<void> };
    beforeAll(async () => {
      open = await bench();
    });
    afterAll(async () => {
      await open.dispose();
    });

    for (const [method, cases] of Object.entries(CONTRACT)) {
      test(`${method} has at least one case`, () => {
        expect(Object.keys(cases).length).toBeGreaterThan(0);
      });
      for (const [sentence, run] of Object.entries(cases)) test(`${method}: ${sentence}`, () => run(open));
    }
  });
}
