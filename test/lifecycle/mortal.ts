import { Cluster } from '../../src/cluster';
import { Mortal, mortal as mortalProcess } from '../../src/testing/mortal';

/** When a process dies: before or after so many calls of the cluster, counted from 0. */
export interface Death {
  readonly call: number;
  readonly moment: 'before' | 'after';
}

/** The cluster as a process sees it that dies at a moment. */
export function mortal(cluster: Cluster, death?: Death): Mortal {
  return mortalProcess(cluster, ({ call, when }, die) => death?.call === call && death.moment === when && die());
}
