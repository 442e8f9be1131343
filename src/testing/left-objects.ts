import { KubeObject, describeRef, refOf } from '../vocabulary';

/** What there is without a release: the namespaces of every cluster. */
const OF_THE_CLUSTER = ['Namespace/default', 'Namespace/kube-system'];

/** Records of a release, its journals and its lock. */
const BOOKKEEPING = /^(Secret\/sh\.helm\.release\.v1|Secret\/cdk8s-lifecycle|Lease\/cdk8s-lifecycle)\./;

/** What operations on a release have left in its cluster: neither the books that they keep, nor what other objects have made, such as the Pods of Jobs. */
export function leftObjects(objects: readonly KubeObject[], namespace: string): KubeObject[] {
  const others = [...OF_THE_CLUSTER, `Namespace/${namespace}`];
  return objects.filter((object) => {
    const name = describeRef(refOf(object));
    return !others.includes(name) && !BOOKKEEPING.test(name) && object.metadata.ownerReferences === undefined;
  });
}
