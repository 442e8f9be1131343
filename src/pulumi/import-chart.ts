import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkManifests } from '../release';
import { KubeObject, isMap } from '../vocabulary';
import { kindOf } from './object-kind';

/** What a chart is made of that was not written with cdk8s. */
export interface ImportChartArgs {
  /** Rendered YAML, such as what `helm template` prints, hooks included; or objects. */
  readonly manifests: string | readonly object[];
}

function objectsOf(manifests: ImportChartArgs['manifests']): readonly KubeObject[] {
  const text = typeof manifests === 'string' ? manifests : manifests.map((object) => JSON.stringify(object)).join('\n---\n');
  return checkManifests([{ path: 'manifests', text }]).entries.map(({ object }) => object);
}

/** An id that tells an object from the others, and says which it is. */
function idOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return [kindOf(object), namespace, name].filter(Boolean).join('.').toLowerCase();
}

/**
 * A chart for `HookedRelease` of manifests that something else has rendered.
 *
 * @throws BadInputError that lists everything that is wrong with the manifests
 *
 * @example
 * const manifests = readFileSync('rendered.yaml', 'utf8');
 * new HookedRelease('shop', { chart: importChart({ manifests }), namespace: 'shop' });
 */
export function importChart({ manifests }: ImportChartArgs): (scope: Construct) => Chart {
  const objects = objectsOf(manifests);
  return (scope) => {
    const chart = new Chart(scope, 'imported');
    for (const object of objects) {
      const { apiVersion, kind, metadata, ...fields } = object;
      new ApiObject(chart, idOf(object), { apiVersion, kind, metadata: isMap(metadata) ? { ...metadata } : {}, ...fields });
    }
    return chart;
  };
}
