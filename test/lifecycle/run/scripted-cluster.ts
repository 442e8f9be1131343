import { Channel, WatchEvent } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';

/** A cluster whose watches tell what a test lets them tell. */
export class ScriptedCluster extends SimulatedCluster {
  readonly channel = new Channel<WatchEvent>();
  watches = 0;

  override watch(_query: unknown, signal: AbortSignal): AsyncIterable<WatchEvent> {
    this.watches += 1;
    signal.addEventListener('abort', () => this.channel.close());
    return this.channel;
  }
}

/** A Job with what identifies it. */
export function jobOf(name: string, uid: string, resourceVersion: number, status: object = {}): KubeObject {
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name, namespace: 'shop', uid, resourceVersion: String(resourceVersion) }, status };
}

/** Lets everything happen that can happen without time. */
export function idle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
