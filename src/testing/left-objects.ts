import { KubeObject, describeRef, refOf } from '../vocabulary';

/** What there is without a release: the namespaces of every cluster. */
const OF_THE_CLUSTER = ['Namespace/default', 'Namespace/kube-system'];

/** Records of a release, its journals and its lock. */
const BOOKKEEPING = /^(Secret\/sh\.helm\.release\.v1|Secret\/cdk8s-lifecycle|Lease\/cdk8s-lifecycle)\./;

/**
 * What operations on a release have left in its cluster: neither the books that they keep, nor what other objects have made, such as the Pods of Jobs.
 *
 * @param others namespaces of other releases, with what is in them
 */
export function leftObjects(objects: readonly KubeObject[], namespace: string, others: readonly string[] = []): KubeObject[] {
  const given = [...OF_THE_CLUSTER, ...[namespace, ...others].map((each) => `Namespace/${each}`)];
  return objects.filter((object) => {
    const name = describeRef(refOf(object));
    const { ownerReferences, namespace: its } = object.metadata;
    return !given.includes(name) && !BOOKKEEPING.test(name) && ownerReferences === undefined && !others.includes(its ?? '');
  });
}
