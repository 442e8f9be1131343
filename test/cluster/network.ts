import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { run } from './command';
import { stateName } from './state';

/** The network of the real node's pods. */
export interface PodNetwork {
  readonly bridge: string;
  readonly subnet: string;
  /** Address of this machine on the bridge. */
  readonly hostAddress: string;
}

/** Makes the bridge that pods are attached to, with an address of this machine on it. */
export async function createPodNetwork(): Promise<PodNetwork> {
  const bridge = stateName('c8l');
  const prefix = await freePrefix();
  const hostAddress = `${prefix}.0.1`;
  // Without a hardware address of its own a bridge takes on that of whichever pod came last, and the others lose track of it.
  const hardwareAddress = ['02', ...hostAddress.split('.').map((octet) => Number(octet).toString(16).padStart(2, '0')), '01'].join(':');
  await run('ip', ['link', 'add', 'name', bridge, 'address', hardwareAddress, 'type', 'bridge']);
  await run('ip', ['address', 'add', `${hostAddress}/24`, 'dev', bridge]);
  await run('ip', ['link', 'set', bridge, 'up']);
  return { bridge, subnet: `${prefix}.0.0/24`, hostAddress };
}

/** Removes the bridge and what is attached to it, if it is there. */
export async function removePodNetwork(): Promise<void> {
  const bridge = stateName('c8l');
  const device = `/sys/class/net/${bridge}`;
  if (!existsSync(device)) return;
  // A pod's interface goes with its network namespace, which the kernel removes at its leisure.
  for (const port of readdirSync(`${device}/brif`)) await run('ip', ['link', 'delete', port]).catch(() => undefined);
  await run('ip', ['link', 'delete', bridge]);
}

/** Ports of an address that nobody listens on, below those the kernel gives to outgoing connections. */
export async function freePorts<Name extends string>(address: string, ...names: Name[]): Promise<Record<Name, number>> {
  const ports = new Set<number>();
  while (ports.size < names.length) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if (await isFree(address, port)) ports.add(port);
  }
  const found = [...ports];
  return Object.fromEntries(names.map((name, index) => [name, found[index]])) as Record<Name, number>;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', () => resolve(false));
    server.listen({ host, port }, () => server.close(() => resolve(true)));
  });
}

/** The first 10.N.0.0/24 that no route of this machine leads to; routes as wide as a VPN's do not count, since the bridge's is narrower. */
async function freePrefix(): Promise<string> {
  const routes = JSON.parse((await run('ip', ['-json', '-4', 'route', 'show', 'table', 'all'])) || '[]') as readonly { readonly dst: string }[];
  const taken = new Set(
    routes
      .map(({ dst }) => dst.split('/'))
      .filter(([, length = '32']) => Number(length) >= 16)
      .map(([address]) => address.split('.').slice(0, 2).join('.')),
  );
  for (let octet = 244; octet > 128; octet--) {
    if (!taken.has(`10.${octet}`)) return `10.${octet}`;
  }
  throw new Error('Every network from 10.129.0.0/16 to 10.244.0.0/16 is in use on this machine: no room for the test cluster.');
}
