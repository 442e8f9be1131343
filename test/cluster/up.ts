import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { createCgroups } from './cgroups';
import { run } from './command';
import { startContainerRuntime } from './container-runtime';
import { isReady, startControlPlane } from './control-plane';
import { writeKubeconfig } from './credentials';
import { cleanUp } from './down';
import { FAKE_NODE, fakeNode, startFakeKubelet } from './fake-node';
import { importImages, makeImages } from './images';
import { REAL_NODE, startKubelet } from './kubelet';
import { exclusively } from './lock';
import { createPodNetwork, freePorts } from './network';
import { areAlive, processIds } from './processes';
import { requireHost } from './requirements';
import { ClusterState, makeStateFolders, readState, statePath, writeState } from './state';
import { buildTools, Tools } from './tools';
import { allOf, blaming } from './wait';

/** Tells people what is going on. */
export type Say = (line: string) => void;

/** The cluster, and whether it was up before. */
export interface UpResult {
  readonly state: ClusterState;
  readonly wasUp: boolean;
}

/** Brings the cluster up, unless it is; what a crash has left is cleaned away first. */
export async function up(say: Say): Promise<UpResult> {
  requireHost();
  const tools = await buildTools(say);
  return exclusively(async () => {
    const running = readState();
    if (running && (await isHealthy(running))) return { state: running, wasUp: true };
    await cleanUp();
    try {
      return { state: await start(tools), wasUp: false };
    } catch (error) {
      if (!process.env.KEEP_CLUSTER) await cleanUp();
      throw error;
    }
  });
}

async function isHealthy(state: ClusterState): Promise<boolean> {
  return areAlive(Object.keys(state.pids)) && isReady(`https://${state.hostAddress}:${state.ports.api}`);
}

async function start(tools: Tools): Promise<ClusterState> {
  const started = new Date().toISOString();
  makeStateFolders('bin', 'volumes');
  for (const name of ['kubectl', 'helm3', 'helm4']) symlinkSync(tools[name], statePath('bin', name));
  createCgroups();
  const network = await createPodNetwork();
  const ports = await freePorts(network.hostAddress, 'api', 'etcd', 'etcdPeer', 'kubelet', 'kwok');

  const [controlPlane, containerd, images] = await allOf([
    startControlPlane({ tools, address: network.hostAddress, ports }),
    startContainerRuntime(network),
    makeImages(),
  ]);
  const { server, auditLog, controllerManager } = controlPlane;
  const kubeconfig = writeKubeconfig('admin', server);
  const kubelet = startKubelet({
    tools,
    kubeconfig: writeKubeconfig('kubelet', server),
    address: network.hostAddress,
    port: ports.kubelet,
    containerd,
  });
  const kwok = startFakeKubelet(tools, writeKubeconfig('kwok', server), network.hostAddress, ports.kwok);

  const kubectl = (args: readonly string[], input?: string) =>
    run(join(statePath('bin'), 'kubectl'), ['--kubeconfig', kubeconfig, '--cache-dir', statePath('kubectl'), ...args], { input });
  const exists = (object: string) => kubectl(['wait', '--for=create', '--timeout=30s', object]);
  const nodeReady = async (name: string) => {
    await exists(`node/${name}`);
    await kubectl(['wait', '--for=condition=Ready', '--timeout=60s', `node/${name}`]);
  };
  await allOf([
    blaming(containerd, importImages(images)),
    blaming(kubelet, nodeReady(REAL_NODE)),
    blaming(kwok, kubectl(['create', '--filename=-'], JSON.stringify(fakeNode())).then(() => nodeReady(FAKE_NODE))),
    blaming(controllerManager, exists('serviceaccount/default')),
  ]);

  const state: ClusterState = {
    started,
    kubeconfig,
    auditLog,
    hostAddress: network.hostAddress,
    bridge: network.bridge,
    ports,
    nodes: { real: REAL_NODE, fake: FAKE_NODE },
    pids: processIds(),
    bin: statePath('bin'),
  };
  writeState(state);
  return state;
}
