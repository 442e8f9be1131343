import { App, Chart } from 'cdk8s';
import { HookEvent, HookJob } from 'cdk8s-lifecycle';
import { Job } from 'cdk8s-plus-27';

/* Prints how many milliseconds the synth of so many plain Jobs takes, and that of as many hooks. */

const count = Number(process.argv[2]);
const containers = [{ image: 'busybox:1.36' }];

function synthesize(make: (chart: Chart, id: string) => void): number {
  const app = new App();
  const chart = new Chart(app, 'web');
  const started = performance.now();
  for (let index = 0; index < count; index += 1) make(chart, `job-${index}`);
  const { length } = app.synthYaml().match(/^kind: Job$/gm) ?? [];
  const milliseconds = performance.now() - started;
  if (length !== count) throw new Error(`${length} Jobs instead of ${count}`);
  return milliseconds;
}

const jobs = () => synthesize((chart, id) => void new Job(chart, id, { containers }));
const hooks = () => synthesize((chart, id) => void new HookJob(chart, id, { on: [HookEvent.PRE_UPGRADE], image: 'busybox:1.36' }));

hooks(); // what is done for the first time is slow, whoever does it
console.log(jobs(), hooks());
