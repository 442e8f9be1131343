import { ObjectRef } from '../vocabulary';
import { Query } from './cluster';

/** `Job/migrate in namespace shop` */
export function describeTarget({ kind, name, namespace }: Pick<ObjectRef, 'kind' | 'name' | 'namespace'>): string {
  return `${kind}/${name}${namespace ? ` in namespace ${namespace}` : ''}`;
}

/** `objects of kind Job in namespace shop` */
export function describeQuery({ kind, namespace }: Query): string {
  return `objects of kind ${kind} in ${namespace ? `namespace ${namespace}` : 'the cluster'}`;
}
