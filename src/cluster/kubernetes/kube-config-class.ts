/* All that is used of the package: a bundler that sees one name instead of the whole package leaves the rest out. */
export { KubeConfig } from '@kubernetes/client-node';
