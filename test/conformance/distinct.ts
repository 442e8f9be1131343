import { Behaviour, isToolStep } from './behaviour';
import { Report } from './report';

/** The trace without the names that people give: each object is called by its place in the charts. */
function nameless({ steps }: Behaviour, { trace }: Report): string {
  const objects = steps.flatMap((step) => (isToolStep(step) ? [...(step.flags.crds ?? []), ...(step.chart ?? [])] : [step.object]));
  const names = [...new Set(objects.map(({ kind, metadata: { name, namespace } }) => `${kind}/${namespace ? `${namespace}/` : ''}${name}`))];
  const rename = (line: string) => line.replace(/^( {2}(?:create|change|delete) )(.*)$/, (_line, verb: string, object: string) => {
    const place = names.indexOf(object);
    return `${verb}${object.split('/')[0]} ${place < 0 ? object : place}`;
  });
  return trace.map(rename).join('\n');
}

/** Behaviours by what helm 3 and helm 4 write for them: those of one group cannot be told apart by their traces. */
export function groupsOfAlike(behaviours: readonly { readonly behaviour: Behaviour; readonly helm3: Report; readonly helm4: Report }[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { behaviour, helm3, helm4 } of behaviours) {
    const key = [helm3, helm4].map((report) => nameless(behaviour, report)).join('\n--\n');
    groups.set(key, [...(groups.get(key) ?? []), behaviour.id]);
  }
  return [...groups.values()];
}
