import { History, ReleaseRecord, ReleaseStatus, manifestText, recordHook, toHistory } from '../../src/release';
import { KubeObject } from '../../src/vocabulary';
import { content } from './manifests';

/** A revision of release web in namespace shop. */
export function record(version: number, status: ReleaseStatus, objects: readonly KubeObject[] = []): ReleaseRecord {
  const { hooks, resources } = content(...(objects.length > 0 ? objects : [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'cm' } }]));
  return {
    name: 'web',
    namespace: 'shop',
    version,
    info: { first_deployed: '2025-01-01T00:00:00Z', last_deployed: `2025-01-0${version}T00:00:00Z`, status },
    chart: { metadata: { apiVersion: 'v2', name: 'web', version: '1.0.0' }, lock: null, templates: [], values: {}, schema: null, files: [] },
    manifest: manifestText(resources),
    hooks: hooks.map(recordHook),
    apply_method: 'ssa',
  };
}

export function historyOf(...records: readonly ReleaseRecord[]): History {
  return toHistory(records.map((each) => ({ record: each, labels: {}, resourceVersion: '1' })));
}
