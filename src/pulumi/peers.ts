import { LifecycleError } from '../vocabulary';

/** What this subpath needs and npm does not install with the package, as most of its users have no use for it. */
const PEERS: Readonly<Record<string, string>> = { '@pulumi/pulumi': '^3.142.0', '@pulumi/kubernetes': '^4' };

const FIND: Readonly<Record<string, () => string>> = {
  '@pulumi/pulumi': () => require.resolve('@pulumi/pulumi/package.json'),
  '@pulumi/kubernetes': () => require.resolve('@pulumi/kubernetes/package.json'),
};

function isInstalled(name: string): boolean {
  try {
    return FIND[name]() !== '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    return false;
  }
}

/**
 * Makes sure that the packages are there.
 *
 * @throws LifecycleError that says what to install
 */
export function checkPeers(installed: (name: string) => boolean = isInstalled): void {
  const missing = Object.entries(PEERS).filter(([name]) => !installed(name));
  if (missing.length === 0) return;
  const names = missing.map(([name]) => name).join(' and ');
  const packages = missing.map(([name, range]) => `'${name}@${range}'`).join(' ');
  const are = missing.length === 1 ? 'is' : 'are';
  throw new LifecycleError('bad-input', `cdk8s-lifecycle/pulumi needs ${names}, which ${are} not installed: npm install ${packages}`);
}

checkPeers(); // before anything is loaded that needs them
