import { JobScript, SimulatedCluster } from '../cluster/simulated';
import { ReleaseContent, identityIn } from '../release';
import { KubeObject, ObjectRef, refOf } from '../vocabulary';
import { Named } from './found-hook';
import { Manifests, ManifestsOf, readManifests } from './manifests';
import { OutcomeScript } from './outcome-script';
import { RehearsalProps } from './rehearsal-options';

/** Where a release is rehearsed: the cluster, what happens in its Jobs, and how all the objects are called that came on so far. */
export class Stage {
  readonly release: string;
  readonly namespace: string;
  readonly cluster: SimulatedCluster;
  readonly script = new OutcomeScript();
  /** By the identity of the object. */
  readonly #constructs = new Map<string, string>();
  readonly #jobs = new Map<string, Named>();
  /** All that share the cluster, this one too. */
  readonly #sharers: Stage[];
  #hear?: (job: Named) => void;

  /** @param beside shares its cluster with this one */
  constructor({ release = 'web', namespace = 'default', outcomes = {}, neverReady, start }: RehearsalProps, beside?: Stage) {
    if (beside && (neverReady || start)) throw new TypeError('start and neverReady belong to the cluster: say them to the rehearsal that this one is beside');
    this.release = release;
    this.namespace = namespace;
    for (const [name, outcome] of Object.entries(outcomes)) this.script.set(name, outcome);
    this.#sharers = beside ? beside.#sharers : [];
    this.#sharers.push(this);
    this.cluster = beside ? beside.cluster : new SimulatedCluster({ jobs: (job) => this.#ownerOf(job).#start(job), neverReady, start });
  }

  /** The namespaces of other releases of the cluster. */
  get otherNamespaces(): readonly string[] {
    return this.#sharers.map(({ namespace }) => namespace).filter((each) => each !== this.namespace);
  }

  /** Every Job and Pod of all manifests so far. */
  get jobs(): readonly Named[] {
    return [...this.#jobs.values()];
  }

  /** Hears of every container of a Job or a Pod that starts from now on, in the place of who heard before. */
  onStart(hear: (job: Named) => void): void {
    this.#hear = hear;
  }

  /** Reads manifests, and learns what their objects are called. */
  read(manifests: Manifests, revision: Pick<ManifestsOf, 'revision' | 'isInstall' | 'values'>): ReleaseContent {
    const { release, namespace } = this;
    const { content, constructOf } = readManifests(manifests, { release, namespace, ...revision });
    for (const made of [...content.hooks, ...content.resources]) {
      const { ref } = made;
      const construct = constructOf(made);
      const identity = identityIn(this.namespace, ref);
      if (construct !== undefined) this.#constructs.set(identity, construct);
      if (ref.kind === 'Job' || ref.kind === 'Pod') this.#jobs.set(identity, this.named(ref));
    }
    return content;
  }

  /** The object with the construct that it comes from. */
  named(ref: ObjectRef): Named {
    return { ref, construct: this.#constructs.get(identityIn(this.namespace, ref)) };
  }

  /** Makes the namespace of the release, if it is missing. */
  async makeNamespace(): Promise<void> {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: this.namespace } };
    if (!(await this.cluster.get(refOf(namespace)))) await this.cluster.create(namespace);
  }

  #ownerOf(job: KubeObject): Stage {
    return this.#sharers.find((stage) => stage.#jobs.has(identityIn(stage.namespace, refOf(job)))) ?? this;
  }

  #start(job: KubeObject): JobScript {
    const named = this.named(refOf(job));
    const { deletedAfter, ...script } = this.script.start(named);
    if (deletedAfter !== undefined) this.cluster.at(deletedAfter, () => this.cluster.delete(refOf(job), { propagation: 'background', uid: job.metadata.uid }));
    this.#hear?.(named);
    return script;
  }
}
