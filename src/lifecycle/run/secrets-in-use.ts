import { Cluster, isClusterError } from '../../cluster';
import { Masker, ReleaseRecord, recordedContent, secretReferences, secretValues } from '../../release';
import { KubeObject, ObjectRef, describeRef, messageOf } from '../../vocabulary';
import { Plan } from '../plan';
import { RecordStore } from './record-store';
import { Operation, HookContext } from './run-context';

/** Where the objects of a release are, and what may be said of it. */
export interface SecretScope {
  readonly release: string;
  readonly namespace: string;
}

/**
 * The Secrets that a release uses: those among its manifests, and the live ones that its Pods refer to. It masks their values.
 *
 * A live Secret that is not there yet is looked for again with every {@link read}.
 */
export class SecretsInUse {
  /** Those of a revision; which of them cannot be read, another {@link read} does not tell again. */
  static async of(cluster: Cluster, scope: SecretScope, record: ReleaseRecord): Promise<SecretsInUse> {
    const secrets = new SecretsInUse(cluster, scope);
    const { hooks, resources } = recordedContent(record);
    secrets.learn([...hooks, ...resources].map(({ object }) => object));
    await secrets.read();
    return secrets;
  }

  readonly #cluster: Cluster;
  readonly #namespace: string;
  readonly #values = new Map<string, Uint8Array>();
  readonly #names: Set<string>;
  /** Live Secrets that have not been read yet, by namespace and name. */
  readonly #wanted = new Map<string, ObjectRef>();
  readonly #known = new Set<string>();
  readonly #told = new Set<string>();
  #masker?: Masker;

  constructor(cluster: Cluster, { release, namespace }: SecretScope) {
    this.#cluster = cluster;
    this.#namespace = namespace;
    this.#names = new Set([release, namespace]);
  }

  /** Takes in manifests: the values of the Secrets among them, and which others their Pods use. */
  learn(objects: readonly KubeObject[]): void {
    for (const object of objects) {
      const { name = '', namespace = this.#namespace } = object.metadata;
      this.#names.add(name);
      this.#keep(secretValues(object));
      for (const secret of secretReferences(object)) this.#want({ apiVersion: 'v1', kind: 'Secret', name: secret, namespace });
    }
    this.#masker = undefined;
  }

  /** Takes in values that are secret wherever they stand. */
  learnValues(values: readonly string[]): void {
    this.#keep(values.map((value) => Buffer.from(value)));
  }

  /**
   * Reads the Secrets that are used and have not been read.
   *
   * @returns what to warn of: each Secret that cannot be read is named once
   */
  async read(): Promise<string[]> {
    const refused: { readonly ref: ObjectRef; readonly error: unknown }[] = [];
    await Promise.all(
      [...this.#wanted].map(async ([key, ref]) => {
        try {
          const secret = await this.#cluster.get(ref);
          if (!secret) return;
          this.#wanted.delete(key);
          this.#keep(secretValues(secret));
        } catch (error) {
          if (!isClusterError(error)) throw error;
          if (!this.#told.has(key)) refused.push({ ref, error });
          this.#told.add(key);
        }
      }),
    );
    const warnings: string[] = [];
    if (refused.length > 0) {
      const names = refused.map(({ ref }) => describeRef(ref)).join(', ');
      warnings.push(`Values of ${names} are not masked: ${messageOf(refused[0].error)}`);
    }
    if (!this.#current().complete && !this.#told.has('')) {
      this.#told.add('');
      warnings.push('The Secrets of the release hold more than can be looked for: some of their values are not masked');
    }
    return warnings;
  }

  /** The text without the values that are known so far. */
  readonly mask = (text: string): string => this.#current().mask(text);

  #current(): Masker {
    this.#masker ??= new Masker({ values: this.#values.values(), names: this.#names });
    return this.#masker;
  }

  #keep(values: readonly Uint8Array[]): void {
    for (const value of values) this.#values.set(Buffer.from(value).toString('latin1'), value);
    if (values.length > 0) this.#masker = undefined;
  }

  #want(ref: ObjectRef): void {
    const key = `${ref.namespace}/${ref.name}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.#names.add(ref.name);
    this.#wanted.set(key, ref);
  }
}

/** Every manifest that an operation may have to do with: what it applies and runs, what it removes, and all hooks of the revisions it comes from and goes to. */
export function manifestsOf(plan: Plan, records: RecordStore): KubeObject[] {
  const left = new Set([plan.from, plan.deployed].flatMap((revision) => (revision === undefined ? [] : (records.get(revision) ?? []))));
  const contents = [{ ...plan.record, manifest: '' }, ...left].map(recordedContent); // its resources are those of the plan
  const resources = [...plan.apply, ...plan.remove].map(({ resource }) => resource);
  return [...resources, ...contents.flatMap((content) => [...content.hooks, ...content.resources])].map(({ object }) => object);
}

/** Reads what is used and was not there before, and warns of what cannot be read. */
export async function* readSecrets({ secrets }: Pick<HookContext, 'secrets'>): Operation {
  for (const message of await secrets.read()) yield { kind: 'warning', message };
}
