import { TemplateRenderer } from './render';
import { SynthesizedObject } from './synthesized';

/** Where cdk8s-cli looks for the names of constructs, for the reports of its validations. It lies beside the templates, so `.helmignore` names it. */
export const CONSTRUCT_RECORD = 'construct-metadata.json';

/** Which construct made the object of which name, in the format of cdk8s's own App. */
export function constructRecord(objects: readonly SynthesizedObject[]): string {
  const renderer = new TemplateRenderer('');
  const nameOf = (object: unknown) => renderer.text((object as { readonly metadata: { readonly name: string } }).metadata.name);
  const named = objects.map(({ object, path }) => [nameOf(object), { path }]);
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries(named) as unknown });
}
