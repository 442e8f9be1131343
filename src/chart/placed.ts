import { ApiObject, JsonPatch } from 'cdk8s';
import { IConstruct } from 'constructs';
import { messageOf, podSpecPath } from '../vocabulary';
import { withItems } from './among';
import { checksumOf, withAnnotation } from './checksum';
import { withConditionalField } from './conditional-field';
import { Flag } from './flag';
import { StructuredValue } from './structured-value';

/** Patches what is synthesized. `addJsonPatch` comes too early: the classes of cdk8s-plus take the fields of every item of a list, and leave none of a token. */
function patchManifest(apiObject: ApiObject, patch: (manifest: unknown) => unknown): void {
  const toJson = apiObject.toJson.bind(apiObject);
  apiObject.toJson = () => {
    const manifest: unknown = toJson();
    try {
      return patch(manifest);
    } catch (cause) {
      throw new Error(`${apiObject.node.path}: ${messageOf(cause)}`, { cause });
    }
  };
}

function withPlaced(manifest: unknown, pointer: string, value: unknown): unknown {
  try {
    return JsonPatch.apply(manifest, JsonPatch.add(pointer, value));
  } catch (cause) {
    throw new Error(`nothing can be placed at ${pointer}, for what should be around it is not there`, { cause });
  }
}

function checkPointer({ node }: IConstruct, pointer: string): void {
  if (!pointer.startsWith('/')) throw new Error(`${node.path}: "${pointer}" is no JSON pointer: it begins with a slash, as /spec/replicas does`);
}

/**
 * Puts a value where the props of a construct have no room for it: a flag, a list, a map, or a number that cdk8s-plus compares with others.
 *
 * @exampleMetadata nofixture
 * @example
 * import { HelmChartApp, Placed } from 'cdk8s-lifecycle';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * declare const app: HelmChartApp;
 * declare const deployment: Deployment;
 * Placed.at(deployment, '/spec/template/spec/tolerations', app.values.list('tolerations'));
 */
export class Placed {
  /**
   * Puts a value into the object of a construct; what is there goes.
   *
   * @param construct an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer where, as a JSON pointer (RFC 6901) whose parents are there
   * @param value a Flag, a StructuredValue, or a text or a number with or without values in it
   *
   * @example
   * Placed.at(deployment, '/spec/replicas', app.values.integer('replicas', { defaultValue: 2 }));
   */
  public static at(construct: IConstruct, pointer: string, value: any): void { // eslint-disable-line @typescript-eslint/no-explicit-any
    checkPointer(construct, pointer);
    const resolved: unknown = value instanceof Flag || value instanceof StructuredValue ? value.resolve() : value;
    patchManifest(ApiObject.of(construct), (manifest) => withPlaced(manifest, pointer, resolved));
  }

  /**
   * Lets a field be there only if a flag is true.
   *
   * @param construct an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer which field, as a JSON pointer (RFC 6901); it is there by now, other fields beside it
   * @param flag when it is there
   *
   * @example
   * const autoscaling = app.values.flag('autoscaling.enabled', { defaultValue: false });
   * Placed.onlyIf(deployment, '/spec/replicas', autoscaling.negated);
   */
  public static onlyIf(construct: IConstruct, pointer: string, flag: Flag): void {
    checkPointer(construct, pointer);
    patchManifest(ApiObject.of(construct), (manifest) => withConditionalField(manifest, pointer, flag));
  }

  /**
   * Puts the items of a list behind those that are there, or the fields of a map beside those that are there. A field that is there stays as it is,
   * whatever users say; an item that is there twice is there twice.
   *
   * @param construct an ApiObject, or a construct with one, such as a Deployment of cdk8s-plus
   * @param pointer which list or map, as a JSON pointer (RFC 6901); where there is none, it becomes the value
   * @param value a list, or a map
   *
   * @example
   * Placed.among(deployment, '/spec/template/spec/containers/0/env', app.values.list('extraEnv'));
   * Placed.among(deployment, '/spec/template/metadata/labels', app.values.mapping('podLabels'));
   */
  public static among(construct: IConstruct, pointer: string, value: StructuredValue): void {
    checkPointer(construct, pointer);
    patchManifest(ApiObject.of(construct), (manifest) => JsonPatch.apply(manifest, JsonPatch.add(pointer, withItems(manifest, pointer, value))));
  }

  /**
   * Puts a value into the specification of the Pods that a workload makes; what is there goes.
   *
   * @param workload a Pod, a Deployment, a Job, a CronJob …, or a construct with one, such as a HookJob
   * @param field where, as a JSON pointer below the specification of the Pods; a field of it needs no slash
   * @param value a Flag, a StructuredValue, or a text or a number with or without values in it
   * @example
   * Placed.inPod(deployment, 'nodeSelector', app.values.mapping('nodeSelector'));
   * Placed.inPod(deployment, 'containers/0/resources', app.values.mapping('resources'));
   */
  public static inPod(workload: IConstruct, field: string, value: any): void { // eslint-disable-line @typescript-eslint/no-explicit-any
    Placed.at(workload, `${podSpecPath(ApiObject.of(workload).kind)}/${field.replace(/^\//, '')}`, value);
  }

  /**
   * Replaces the Pods of a workload when what a ConfigMap or a Secret holds is another than before: an annotation of the Pods, `checksum/config`, has a
   * SHA-256 of it. The name and the labels of the ConfigMap do not count. Put annotations of users beside it with `Placed.among`.
   *
   * @param workload a Pod, a Deployment, a Job, a CronJob …, or a construct with one
   * @param source a ConfigMap, a Secret, or another object of whose contents Pods have to be made anew
   * @param name of the annotation behind `checksum/`; `config` if absent
   *
   * @example
   * const config = new kplus.ConfigMap(chart, 'config', { data: { 'level': app.values.text('level', { defaultValue: 'info' }) } });
   * Placed.checksum(deployment, config);
   */
  public static checksum(workload: IConstruct, source: IConstruct, name = 'config'): void {
    const [object, from] = [ApiObject.of(workload), ApiObject.of(source)];
    const pointer = `${podSpecPath(object.kind).replace(/spec$/, 'metadata')}/annotations`;
    patchManifest(object, (manifest) => {
      const checksum = checksumOf(from.toJson() as Readonly<Record<string, unknown>>, `the checksum of ${from.node.path}`);
      return withAnnotation(manifest, pointer, `checksum/${name}`, checksum);
    });
  }

  private constructor() {}
}
