import { LifecycleError, ObjectRef, describeRef } from '../../vocabulary';
import { ApplyStep } from '../plan';
import { Mirror } from './mirror';
import { Unready, unready } from './readiness';
import { Operation, RunContext, locate, telling } from './run-context';

interface Waiting {
  readonly resource: ObjectRef;
  readonly reason: string;
}

function lookAt(ref: ObjectRef, mirror: Mirror, waitForJobs: boolean): Waiting | undefined {
  const live = mirror.get(ref.name, ref.namespace);
  const lack: Unready | undefined = live ? unready(live, { waitForJobs }) : { reason: 'it is not there' };
  if (lack?.failed) throw new LifecycleError('not-ready', `${describeRef(ref)} will not become ready: ${lack.reason}`);
  return lack && { resource: ref, reason: lack.reason };
}

/** Waits until every resource is ready, and tells what it still waits for whenever that changes. */
export function settle(context: RunContext, steps: readonly ApplyStep[]): Operation {
  return telling(async (tell) => {
    const { observer, plan: { settings }, cluster } = context;
    const started = cluster.clock.now().getTime();
    const watched: (readonly [ObjectRef, Mirror])[] = [];
    for (const { resource } of steps) {
      const ref = await locate(context, resource.ref);
      watched.push([ref, await observer.mirror(ref)]);
    }
    let told = '';
    let waiting: readonly Waiting[] = [];
    const look = () => {
      waiting = watched.flatMap(([ref, mirror]) => lookAt(ref, mirror, settings.waitForJobs) ?? []);
      const text = JSON.stringify(waiting);
      if (waiting.length > 0 && text !== told) tell({ kind: 'resources-waiting', waiting });
      told = text;
      return waiting.length === 0 ? true : undefined;
    };
    const what = () => waiting.map(({ resource, reason }) => `${describeRef(resource)} to be ready (${reason})`).join(', ');
    await observer.until([...new Set(watched.map(([, mirror]) => mirror))], look, { what, seconds: settings.timeoutSeconds });
    tell({ kind: 'resources-ready', milliseconds: cluster.clock.now().getTime() - started });
  });
}
