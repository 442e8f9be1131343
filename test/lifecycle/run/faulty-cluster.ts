import { ClusterError, ClusterErrorReason } from '../../../src/cluster';
import { SimulatedCluster } from '../../../src/cluster/simulated';
import { KubeObject } from '../../../src/vocabulary';

type Verb = 'create' | 'apply' | 'replace' | 'patch' | 'delete' | 'get' | 'watch';

/** A simulated cluster that refuses what it is told to refuse. */
export class FaultyCluster extends SimulatedCluster {
  #refusal?: { readonly verb: Verb; readonly name: RegExp; readonly reason: ClusterErrorReason };

  /** Refuses a verb on the objects whose `Kind/name` matches, from now on. */
  refuse(verb: Verb, name: RegExp, reason: ClusterErrorReason = 'forbidden'): void {
    this.#refusal = { verb, name, reason };
  }

  override async create(...args: Parameters<SimulatedCluster['create']>) {
    this.#check('create', args[0]);
    return super.create(...args);
  }

  override async apply(...args: Parameters<SimulatedCluster['apply']>) {
    this.#check('apply', args[0]);
    return super.apply(...args);
  }

  override async replace(...args: Parameters<SimulatedCluster['replace']>) {
    this.#check('replace', args[0]);
    return super.replace(...args);
  }

  override async patch(...args: Parameters<SimulatedCluster['patch']>) {
    this.#check('patch', { ...args[0], metadata: args[0] });
    return super.patch(...args);
  }

  override async delete(...args: Parameters<SimulatedCluster['delete']>) {
    this.#check('delete', { ...args[0], metadata: args[0] });
    return super.delete(...args);
  }

  override async get(...args: Parameters<SimulatedCluster['get']>) {
    this.#check('get', { ...args[0], metadata: args[0] });
    return super.get(...args);
  }

  override async *watch(...[query, signal]: Parameters<SimulatedCluster['watch']>) {
    this.#check('watch', { ...query, metadata: { name: '*' } });
    yield* super.watch(query, signal);
  }

  #check(verb: Verb, { kind, metadata }: Pick<KubeObject, 'kind'> & { readonly metadata: { readonly name?: string } }): void {
    const target = `${kind}/${metadata.name}`;
    if (this.#refusal?.verb === verb && this.#refusal.name.test(target)) throw new ClusterError(this.#refusal.reason, { verb, target }, 'it was refused');
  }
}
