import type { KubeConfig } from '@kubernetes/client-node';
import { LifecycleError } from '../../vocabulary';

/** Loads @kubernetes/client-node when a cluster is asked for, so that programs which only plan or simulate need not have it. */
export function newKubeConfig(): KubeConfig {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded = require('./kube-config-class') as typeof import('./kube-config-class');
    return new loaded.KubeConfig();
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw cause;
    throw new LifecycleError('bad-input', 'the package @kubernetes/client-node is not installed', {
      remedy: 'Install it: npm install @kubernetes/client-node@^1.4.0 (2.x needs Node 22).',
      cause,
    });
  }
}
