import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { KubeConfig } from '@kubernetes/client-node';
import { LifecycleError, messageOf } from '../../vocabulary';
import { newKubeConfig } from './client-node';
import { ConnectionOptions } from './connection-options';

/** Where a Pod finds the token of its ServiceAccount. */
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

function badConfig(message: string, remedy: string, cause?: unknown): LifecycleError {
  return new LifecycleError('bad-input', message, { remedy, cause });
}

function load(file: string): KubeConfig {
  const config = newKubeConfig();
  try {
    readFileSync(file);
  } catch (cause) {
    throw badConfig(`cannot read kubeconfig ${file}: ${messageOf(cause)}`, 'Name a file that exists with --kubeconfig or KUBECONFIG.', cause);
  }
  try {
    config.loadFromFile(file);
  } catch (cause) {
    throw badConfig(`kubeconfig ${file} cannot be used: ${messageOf(cause).split('\n')[0]}`, 'Compare it with: kubectl config view --kubeconfig FILE', cause);
  }
  return config;
}

/** What the parser says would quote the kubeconfig, so it is left out. */
function parse(text: string): KubeConfig {
  const config = newKubeConfig();
  try {
    config.loadFromString(text);
  } catch {
    throw badConfig('the contents of the kubeconfig cannot be used: they are no kubeconfig', 'Compare them with: kubectl config view --raw');
  }
  return config;
}

function merged<T extends { readonly name: string }>(first: readonly T[], second: readonly T[]): T[] {
  return [...first, ...second.filter(({ name }) => !first.some((each) => each.name === name))];
}

/** As kubectl does it: files that are missing are left out; of two entries of one name the first counts, and so does the first current context. */
function loadAll(files: readonly string[]): KubeConfig {
  const [first = files[0], ...rest] = files.filter((file) => existsSync(file));
  const config = load(first);
  for (const other of rest.map(load)) {
    config.loadFromOptions({
      clusters: merged(config.clusters, other.clusters),
      users: merged(config.users, other.users),
      contexts: merged(config.contexts, other.contexts),
      currentContext: config.currentContext || other.currentContext,
    });
  }
  return config;
}

function inCluster(): KubeConfig | undefined {
  if (!process.env.KUBERNETES_SERVICE_HOST || !existsSync(TOKEN)) return undefined;
  const config = newKubeConfig();
  config.loadFromCluster();
  return config;
}

function choose({ kubeconfig, kubeconfigText }: ConnectionOptions): KubeConfig {
  if (kubeconfigText !== undefined) return parse(kubeconfigText);
  if (kubeconfig !== undefined) return load(kubeconfig);
  const variable = process.env.KUBECONFIG?.split(delimiter).filter(Boolean) ?? [];
  if (variable.length > 0) return loadAll(variable);
  const own = inCluster();
  if (own) return own;
  const file = join(homedir(), '.kube', 'config');
  if (!existsSync(file)) {
    throw badConfig(`there is no kubeconfig: --kubeconfig and KUBECONFIG are not set, this is no Pod, and ${file} does not exist`, 'Name one with --kubeconfig FILE.');
  }
  return load(file);
}

/** The kubeconfig that the options and the environment name, checked as far as a file can be. */
export function loadKubeConfig(options: ConnectionOptions): KubeConfig {
  const config = choose(options);
  if (options.context !== undefined) {
    const names = config.getContexts().map(({ name }) => name);
    if (!names.includes(options.context)) {
      throw badConfig(`the kubeconfig has no context "${options.context}"`, names.length > 0 ? `It has ${names.join(', ')}.` : 'It has no contexts.');
    }
    config.setCurrentContext(options.context);
  }
  if (!config.getCurrentCluster()) {
    throw badConfig('the kubeconfig has no current context that names a cluster', 'Choose one with --context or kubectl config use-context.');
  }
  return config;
}
