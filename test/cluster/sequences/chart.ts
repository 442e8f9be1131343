import { Manifest } from '../../conformance/behaviour';
import { configMap, deployment, hook, note, service } from '../../conformance/manifests';

/** The two versions of the chart that every sequence deploys. */
export type Version = 1 | 2;

/** The events of Helm, but for `test`. */
const EVENTS = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade', 'pre-rollback', 'post-rollback', 'pre-delete', 'post-delete'];

/** The Job runs beside the note of these events, one for each operation. */
const JOB_EVENTS = ['post-install', 'pre-upgrade', 'post-rollback', 'pre-delete'];

/** Says of an object which version of the chart it comes from; hooks carry nothing else that changes. */
const VERSION = 'example.com/version';

function versioned(version: Version, manifest: Manifest): Manifest {
  return { ...manifest, metadata: { ...manifest.metadata, labels: { [VERSION]: String(version) } } };
}

/** Which version of the chart an object comes from, as far as it says. */
export function versionOf(object: unknown): string | undefined {
  return (object as { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } } | undefined)?.metadata?.labels?.[VERSION];
}

function web(version: Version): Manifest {
  const manifest = deployment('web', { image: `web:${version}` });
  const { template, ...spec } = manifest.spec as { readonly template: { readonly spec: { readonly containers: readonly object[] } } };
  const env = version === 1 ? [{ name: 'SHARED', value: '1' }, { name: 'DROPPED', value: '1' }] : [{ name: 'SHARED', value: '2' }];
  const [container] = template.spec.containers;
  return { ...manifest, spec: { ...spec, template: { ...template, spec: { ...template.spec, containers: [{ ...container, env }] } } } };
}

/** The resources: version 2 changes a value, drops a key, a port and a variable, and adds an object. */
export function resourcesOf(version: Version): Manifest[] {
  const settings = configMap('settings', version === 1 ? { shared: '1', dropped: '1' } : { shared: '2' });
  const resources = [settings, service('web', version === 1 ? [80, 8080] : [80]), web(version)];
  return (version === 1 ? resources : [...resources, configMap('added', { only: 'in version 2' })]).map((each) => versioned(version, each));
}

/** The hooks: a ConfigMap for every event, and before or after it a Job that is gone once it has succeeded. */
export function hooksOf(version: Version): Manifest[] {
  const work = hook('work', { on: JOB_EVENTS.join(), weight: '5', policy: 'before-hook-creation,hook-succeeded' });
  return [...EVENTS.map((event) => note(event, { on: event })), work].map((each) => versioned(version, each));
}

/** What `ran` calls the hooks of an event, in their order. */
export function hookNames(event: string): string[] {
  return JOB_EVENTS.includes(event) ? [`ConfigMap/${event}`, 'Job/work'] : [`ConfigMap/${event}`];
}

/** The whole chart. */
export function chartOf(version: Version): Manifest[] {
  return [...resourcesOf(version), ...hooksOf(version)];
}
