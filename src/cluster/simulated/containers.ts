import { KubeObject, ObjectRef } from '../../vocabulary';
import { JobScript, milliseconds } from './job-script';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { VirtualClock } from './virtual-clock';

/** From a Pod to its containers, in milliseconds, as measured on Kubernetes 1.34. */
export const CONTAINER_STARTED = 950;

interface PodSpec {
  readonly containers: readonly { readonly name: string }[];
}

/** Plays scripts in the containers of Pods. */
export class Containers {
  readonly #store: ObjectStore;
  readonly #clock: VirtualClock;
  readonly #logs: PodLogs;

  constructor(store: ObjectStore, clock: VirtualClock, logs: PodLogs) {
    this.#store = store;
    this.#clock = clock;
    this.#logs = logs;
  }

  /** The Pod, unless it is being deleted or gone. */
  live(ref: ObjectRef): KubeObject | undefined {
    const pod = this.#store.get(ref);
    return pod?.metadata.deletionTimestamp ? undefined : pod;
  }

  /** The containers of a Pod start; `ended` hears of their end, if they come to it. */
  run(pod: ObjectRef, script: JobScript, ended: (exitCode: number) => void): void {
    const live = this.live(pod);
    if (!live) return;
    const { uid } = live.metadata;
    const endless = script.for === 'ever';
    const duration = milliseconds(endless ? '1s' : (script.for ?? '1s'));
    const lines = script.logs ?? [];
    const names = (live.spec as PodSpec).containers.map(({ name }) => name);
    this.#put(pod, 'Running', names, { running: { startedAt: this.#clock.now().toISOString() } });
    this.#logs.open(pod, names);
    const pause = duration / (lines.length + 1);
    lines.forEach((line, index) => this.#clock.after(pause * (index + 1), () => this.#logs.write(pod, names[0], line)));
    if (endless) return;
    this.#clock.after(duration, () => {
      if (this.live(pod)?.metadata.uid !== uid) return;
      const exitCode = script.exitCode ?? 0;
      this.#logs.close(pod);
      this.#put(pod, exitCode === 0 ? 'Succeeded' : 'Failed', names, {
        terminated: { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt: this.#clock.now().toISOString() },
      });
      ended(exitCode);
    });
  }

  #put(ref: ObjectRef, phase: string, names: readonly string[], state: object): void {
    const pod = this.live(ref);
    if (pod) this.#store.put({ ...pod, status: { phase, containerStatuses: names.map((name) => ({ name, state, ready: phase === 'Running', restartCount: 0 })) } });
  }
}
