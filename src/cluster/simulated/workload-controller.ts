import { KubeObject, refOf } from '../../vocabulary';
import { ObjectStore } from './object-store';
import { VirtualClock } from './virtual-clock';

/** From a change of a workload to the Pods that run it. */
const READY_AFTER = 2000;

const WORKLOADS = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet', 'DaemonSet'];

function readyStatus({ kind, metadata, spec }: KubeObject): object {
  const { replicas = 1 } = spec as { readonly replicas?: number };
  const observedGeneration = metadata.generation;
  if (kind === 'DaemonSet') {
    const scheduled = { desiredNumberScheduled: 1, updatedNumberScheduled: 1, currentNumberScheduled: 1 };
    return { observedGeneration, ...scheduled, numberReady: 1, numberAvailable: 1 };
  }
  const revision = kind === 'StatefulSet' ? { currentRevision: `r${observedGeneration}`, updateRevision: `r${observedGeneration}` } : {};
  const conditions = kind === 'Deployment' ? { conditions: [{ type: 'Available', status: 'True' }, { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' }] } : {};
  const counts = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas, currentReplicas: replicas };
  return { observedGeneration, ...counts, ...revision, ...conditions };
}

/** Makes workloads ready, claims bound and CustomResourceDefinitions established. The Pods of workloads are not simulated. */
export class WorkloadController {
  constructor(store: ObjectStore, clock: VirtualClock, neverReady: readonly string[]) {
    const settle = (object: KubeObject, status: object) => {
      const live = store.get(refOf(object));
      if (live?.metadata.generation === object.metadata.generation && live?.metadata.uid === object.metadata.uid) store.put({ ...live!, status });
    };
    store.listen((change, object) => {
      if (change === 'deleted') return;
      const { generation } = object.metadata;
      const observed = (object.status as { observedGeneration?: number } | undefined)?.observedGeneration;
      if (WORKLOADS.includes(object.kind) && observed !== generation && !neverReady.includes(object.metadata.name!)) {
        clock.after(READY_AFTER, () => settle(object, readyStatus(object)));
      }
      if (change === 'added' && object.kind === 'PersistentVolumeClaim') clock.after(0, () => settle(object, { phase: 'Bound' }));
      if (change === 'added' && object.kind === 'CustomResourceDefinition') {
        clock.after(0, () => settle(object, { conditions: [{ type: 'NamesAccepted', status: 'True' }, { type: 'Established', status: 'True' }] }));
      }
    });
  }
}
