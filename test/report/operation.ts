import { JobScripts } from '../../src/cluster/simulated';
import { LifecycleEvent } from '../../src/lifecycle';
import { KubeObject } from '../../src/vocabulary';
import { Options, Run, Shop } from '../lifecycle/harness';
import { configMap, deployment, job, object } from '../release/manifests';

export const SECRET = object('v1', 'Secret', 'password', { stringData: { password: 'swordfish' } });
const MIGRATE = job('migrate', { on: 'post-install,pre-upgrade', weight: -5 });
const BACKUP = job('db-backup', { on: 'pre-upgrade', weight: -10 });

/** A release with hooks, a Secret and a Deployment that was installed, and is upgraded. */
export async function upgraded(jobs: JobScripts, options: Options = {}): Promise<Run> {
  const shop = await Shop.open({ jobs });
  await shop.install([SECRET, deployment('web', 'web:1'), configMap('old')]);
  return shop.upgrade([SECRET, deployment('web', 'web:2'), MIGRATE, BACKUP], options);
}

export async function installed(objects: readonly KubeObject[], jobs: JobScripts = {}, options: Options = {}): Promise<Run> {
  return (await Shop.open({ jobs })).install(objects, options);
}

interface Reporter {
  report(event: LifecycleEvent): void;
}

/** The lines that a reporter writes for events. */
export function linesOf(open: (write: (line: string) => void) => Reporter, events: readonly LifecycleEvent[]): string[] {
  const lines: string[] = [];
  const reporter = open((line) => lines.push(line));
  for (const event of events) reporter.report(event);
  return lines;
}
