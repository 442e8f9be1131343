import { down } from './down';
import { requireGo } from './requirements';
import { readState } from './state';
import { buildTools } from './tools';
import { up } from './up';

const USAGE = 'Usage: npm run --silent cluster -- up | down | env | build';

/** What is asked for, by the word on the command line. */
const COMMANDS: Readonly<Record<string, () => Promise<void>>> = {
  up: async () => {
    const { state, wasUp } = await up(console.error);
    const seconds = ((Date.now() - Date.parse(state.started)) / 1000).toFixed(1);
    console.error(wasUp ? `The cluster is already up: ${state.kubeconfig}` : `The cluster is up after ${seconds} s: ${state.kubeconfig}`);
  },
  down: async () => {
    const { wasThere } = await down();
    console.error(wasThere ? 'The cluster is down.' : 'There is no cluster.');
  },
  env: async () => {
    const state = readState();
    if (!state) throw new Error('The cluster is not up: npm run cluster -- up');
    console.log(`export KUBECONFIG='${state.kubeconfig}'`);
    console.log(`export CDK8S_LIFECYCLE_AUDIT_LOG='${state.auditLog}'`);
    console.log(`export CDK8S_LIFECYCLE_HOST_ADDRESS='${state.hostAddress}'`);
    console.log(`export PATH='${state.bin}':"$PATH"`);
    console.log('# eval "$(npm run --silent cluster -- env)"');
  },
  build: async () => {
    requireGo();
    await buildTools(console.error);
    console.error('All programs are built.');
  },
};

async function main(): Promise<void> {
  const command = COMMANDS[process.argv[2] ?? ''];
  if (!command) throw new Error(USAGE);
  await command();
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
