import { Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { HookEvent, HookJob } from '../../src/hooks';
import { KubeObject } from '../../src/vocabulary';

// What lint warns of is printed; only the test of lint wants to see it.
beforeEach(() => void jest.spyOn(console, 'warn').mockImplementation(() => undefined));

/** A chart whose objects are named by their path and nothing else. */
export function newChart(id = 'web', app: Construct = Testing.app()): Chart {
  return new Chart(app, id, { disableResourceNameHashes: true });
}

/** A hook that does nothing, before upgrades unless told otherwise. */
export function hook(scope: Construct, id: string, props: { on?: HookEvent[]; weight?: number } = {}): HookJob {
  return new HookJob(scope, id, { on: [HookEvent.PRE_UPGRADE], image: 'busybox:1.35', ...props });
}

/** The objects of charts as they are synthesized, by their names. */
export function synth(...charts: Chart[]): Record<string, KubeObject> {
  const objects: KubeObject[] = charts.flatMap((chart) => Testing.synth(chart) as KubeObject[]);
  return Object.fromEntries(objects.map((object) => [object.metadata.name!, object]));
}

/** One annotation of every object that has it, by the names of the objects. */
export function annotation(key: string, ...charts: Chart[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(synth(...charts)).flatMap(([name, { metadata }]) => {
      const value = metadata.annotations?.[key];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** The weights of all hooks, by the names of their objects. */
export function weights(...charts: Chart[]): Record<string, string> {
  return annotation('helm.sh/hook-weight', ...charts);
}

/** What synth says is wrong, line by line. */
export function mistakes(chart: Chart): string[] {
  try {
    Testing.synth(chart);
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}
