import { withFittingNames } from './fitting-names';
import { SynthesizedObject } from './synthesized';
import { helperOf, textInTemplate } from './template';

/** Where cdk8s-cli looks for the names of constructs, for the reports of its validations. It lies beside the templates, so `.helmignore` names it. */
export const CONSTRUCT_RECORD = 'construct-metadata.json';

/** Which construct made the object of which name, as the template has it, in the format of cdk8s's own App. */
export function constructRecord(chart: string, objects: readonly SynthesizedObject[]): string {
  const fitting = withFittingNames(objects.map(({ object }) => object)) as { readonly metadata: { readonly name: string } }[];
  const named = objects.map(({ path }, index) => [textInTemplate(fitting[index].metadata.name, helperOf(chart)), { path }]);
  return JSON.stringify({ version: '1.0.0', resources: Object.fromEntries(named) as unknown });
}
