import { KubeObject, ObjectRef, refOf } from '../../vocabulary';
import { CONTAINER_STARTED, Containers } from './containers';
import { JobScripts, scriptOf } from './job-script';
import { ObjectStore } from './object-store';
import { PodLogs } from './pod-logs';
import { VirtualClock } from './virtual-clock';

/** From the creation of a Job to its Pod, and from the Pod's end to the Job's verdict, as measured on Kubernetes 1.34. */
const POD_CREATED = 50;
const VERDICT_BATCHED = 1000;

interface JobSpec {
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
  readonly suspend?: boolean;
  readonly template: { readonly metadata?: KubeObject['metadata']; readonly spec: { readonly containers: readonly { readonly name: string }[] } };
}

interface Condition {
  readonly type: string;
  readonly reason?: string;
  readonly message?: string;
}

/** Runs the Jobs of a simulated cluster: one Pod at a time, `backoffLimit`, `activeDeadlineSeconds`, and the conditions of Kubernetes 1.31 and later. */
export class JobController {
  readonly #store: ObjectStore;
  readonly #clock: VirtualClock;
  readonly #logs: PodLogs;
  readonly #containers: Containers;
  readonly #scripts: JobScripts;
  /** The deadline that is timed, by the UID of its Job. */
  readonly #deadlines = new Map<string, number>();
  /** What the next sync of a Job will find, by the UID of the Job, and the generation it was batched at. */
  readonly #batched = new Map<string, { readonly generation: unknown; readonly sync: () => void }>();

  constructor(store: ObjectStore, clock: VirtualClock, logs: PodLogs, scripts: JobScripts) {
    this.#store = store;
    this.#clock = clock;
    this.#logs = logs;
    this.#containers = new Containers(store, clock, logs);
    this.#scripts = scripts;
    store.listen((change, object) => {
      if (object.kind !== 'Job') return;
      if (change === 'added' && !this.#spec(object).suspend) this.#start(object);
      if (change !== 'modified') return;
      this.#timeDeadline(object);
      this.#syncAtOnce(object);
    });
  }

  #spec(job: KubeObject): JobSpec {
    return job.spec as JobSpec;
  }

  /** The Job as it is now, as long as it is the same Job and has no verdict. */
  #live(job: KubeObject): KubeObject | undefined {
    const live = this.#store.get(refOf(job));
    return live?.metadata.uid === job.metadata.uid && !live?.metadata.deletionTimestamp && !this.#ended(live!) ? live : undefined;
  }

  #ended(job: KubeObject): boolean {
    const conditions = (job.status as { conditions?: readonly Condition[] } | undefined)?.conditions ?? [];
    return conditions.some(({ type }) => type !== 'Suspended');
  }

  #start(job: KubeObject): void {
    this.#clock.after(POD_CREATED, () => {
      if (!this.#live(job)) return;
      this.#status(job, { startTime: this.#clock.now().toISOString(), active: 1 });
      this.#attempt(job, 0);
    });
  }

  /** A deadline counts from the start of the Job, and may change while it runs. */
  #timeDeadline(job: KubeObject): void {
    const left = this.#timeLeft(job);
    if (left === undefined || this.#deadlines.get(job.metadata.uid!) === this.#spec(job).activeDeadlineSeconds) return;
    this.#deadlines.set(job.metadata.uid!, this.#spec(job).activeDeadlineSeconds!);
    this.#clock.after(left, () => this.#exceed(job));
  }

  #timeLeft(job: KubeObject): number | undefined {
    const { startTime } = (job.status ?? {}) as { readonly startTime?: string };
    const { activeDeadlineSeconds } = this.#spec(job);
    if (startTime === undefined || activeDeadlineSeconds === undefined) return undefined;
    return Date.parse(startTime) + activeDeadlineSeconds * 1000 - this.#clock.now().getTime();
  }

  #attempt(job: KubeObject, attempt: number): void {
    const { template } = this.#spec(job);
    const labels = { ...template.metadata?.labels, 'job-name': job.metadata.name!, 'batch.kubernetes.io/job-name': job.metadata.name! };
    const pod = this.#store.add(
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: `${job.metadata.name}-${attempt}-${job.metadata.uid!.slice(-5)}`,
          namespace: job.metadata.namespace,
          labels: { ...labels, 'batch.kubernetes.io/controller-uid': job.metadata.uid! },
          ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: job.metadata.name, uid: job.metadata.uid, controller: true }],
        },
        spec: template.spec,
        status: { phase: 'Pending' },
      },
      this.#clock.now(),
    );
    this.#clock.after(CONTAINER_STARTED, () => this.#run(job, refOf(pod), attempt));
  }

  #run(job: KubeObject, pod: ObjectRef, attempt: number): void {
    if (!this.#containers.live(pod)) return;
    this.#containers.run(pod, scriptOf(this.#scripts, job), (exitCode) => this.#batch(job, () => this.#settle(job, attempt, exitCode === 0)));
  }

  /** Changes of Pods are collected for a second. */
  #batch(job: KubeObject, settle: () => void): void {
    const uid = job.metadata.uid!;
    const cancel = this.#clock.after(VERDICT_BATCHED, () => sync());
    const sync = () => {
      cancel();
      if (this.#batched.get(uid)?.sync !== sync) return; // looked at already: the spec was changed twice
      this.#batched.delete(uid);
      settle();
    };
    this.#batched.set(uid, { generation: this.#live(job)?.metadata.generation, sync });
  }

  /** A change of the Job's spec is looked at when it comes, and with it the Pods. */
  #syncAtOnce({ metadata }: KubeObject): void {
    const batched = this.#batched.get(metadata.uid!);
    if (batched && batched.generation !== metadata.generation) this.#clock.after(0, batched.sync);
  }

  #settle(job: KubeObject, attempt: number, succeeded: boolean): void {
    if (!this.#live(job)) return;
    if (succeeded) return this.#conclude(job, [{ type: 'SuccessCriteriaMet', reason: 'CompletionsReached' }, { type: 'Complete', reason: 'CompletionsReached' }]);
    if (attempt < (this.#spec(job).backoffLimit ?? 6)) {
      this.#clock.after(10_000 * 2 ** attempt, () => this.#live(job) && this.#attempt(job, attempt + 1));
      return;
    }
    const reason = { reason: 'BackoffLimitExceeded', message: 'Job has reached the specified backoff limit' };
    this.#conclude(job, [{ type: 'FailureTarget', ...reason }, { type: 'Failed', ...reason }]);
  }

  #exceed(job: KubeObject): void {
    const live = this.#live(job);
    if (!live || (this.#timeLeft(live) ?? Infinity) > 0) return;
    const reason = { reason: 'DeadlineExceeded', message: 'Job was active longer than specified deadline' };
    for (const pod of this.#store.list({ apiVersion: 'v1', kind: 'Pod', namespace: job.metadata.namespace, labels: { 'batch.kubernetes.io/controller-uid': job.metadata.uid! } })) {
      this.#logs.close(refOf(pod));
      this.#store.remove(refOf(pod));
    }
    this.#conclude(job, [{ type: 'FailureTarget', ...reason }, { type: 'Failed', ...reason }]);
  }

  #conclude(job: KubeObject, conditions: readonly Condition[]): void {
    const lastTransitionTime = this.#clock.now().toISOString();
    this.#status(job, { active: 0, conditions: conditions.map((condition) => ({ ...condition, status: 'True', lastTransitionTime })) });
  }

  #status(job: KubeObject, status: Readonly<Record<string, unknown>>): void {
    const live = this.#live(job);
    if (live) this.#store.put({ ...live, status: { ...(live.status as object), ...status } });
  }
}
