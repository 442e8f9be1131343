import { writeFileSync } from 'node:fs';
import { fakePodStages } from './fake-pods';
import { RunningProcess, startProcess } from './processes';
import { statePath } from './state';
import { Tools } from './tools';

/** The node whose kubelet only pretends: pods of Jobs complete there at once. */
export const FAKE_NODE = 'fake';

const ANNOTATION = 'kwok.x-k8s.io/node';

/** What makes a pod run on the fake node, and nowhere else. */
export const ON_FAKE_NODE = {
  nodeSelector: { 'kubernetes.io/hostname': FAKE_NODE },
  tolerations: [{ key: ANNOTATION, operator: 'Equal', value: 'fake', effect: 'NoSchedule' }],
} as const;

/** The fake node as an object for the API server. */
export function fakeNode(): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: FAKE_NODE,
      annotations: { [ANNOTATION]: 'fake' },
      labels: { 'kubernetes.io/hostname': FAKE_NODE, 'kubernetes.io/os': 'linux', 'type': 'kwok' },
    },
    spec: { taints: [{ key: ANNOTATION, value: 'fake', effect: 'NoSchedule' }] },
  };
}

/** Starts the program that plays its kubelet. */
export function startFakeKubelet(tools: Tools, kubeconfig: string, address: string, port: number): RunningProcess {
  const stages = statePath('fake-pods.yaml');
  writeFileSync(stages, fakePodStages().map((stage) => JSON.stringify(stage)).join('\n---\n'));
  return startProcess({
    name: 'kwok',
    command: [
      tools.kwok,
      `--config=${stages}`,
      `--kubeconfig=${kubeconfig}`,
      '--manage-all-nodes=false',
      `--manage-nodes-with-annotation-selector=${ANNOTATION}=fake`,
      `--node-ip=${address}`,
      `--node-port=${port}`,
      // Without a lease the node counts as dead after every 50 s, for a moment, in which its ready Pods become unready for ever.
      '--node-lease-duration-seconds=40',
    ],
  });
}
