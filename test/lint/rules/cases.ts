import { Finding, RULES, Rule, lint } from '../../../src/lint';
import { FieldPath } from '../../../src/vocabulary';

/** Objects that are released together, and what they are a case of. */
type Case = readonly [string, ...objects: readonly object[]];

/** A case in which the rule finds something: its messages, as far as they are given. */
type Bad = readonly [string, readonly string[], ...objects: readonly object[]];

function valueAt(value: unknown, path: FieldPath): unknown {
  return path.reduce((part: unknown, key) => (part as Readonly<Record<string, unknown>> | undefined)?.[key], value);
}

/** Runs the good and bad cases of a rule. A case that may be rendered later says so by its name: `in a chart: …`. */
export function cases(rule: Rule, { bad, good }: { readonly bad: readonly Bad[]; readonly good: readonly Case[] }): void {
  const findings = (name: string, objects: readonly object[]) => {
    const all = lint(objects.map((value) => ({ place: {}, value })), { rendered: !name.startsWith('in a chart: ') });
    return all.filter((finding) => finding.rule === rule.id);
  };

  test.each(bad.map(([name, expected, ...objects]) => [name, expected, objects] as const))(`${rule.id} finds: %s`, (name, expected, objects) => {
    const found = findings(name, objects);
    expect(found).toHaveLength(expected.length);
    expected.forEach((part, index) => expect(found[index].message).toContain(part));
    const isNowhere = ({ path = [] }: Finding) => path.length === 0 || objects.every((object) => valueAt(object, path.slice(0, -1)) === undefined);
    expect(found.filter(isNowhere)).toEqual([]); // the field is there, or is missing where it would stand
  });

  test.each(good.map(([name, ...objects]) => [name, objects] as const))(`${rule.id} lets pass: %s`, (name, objects) => {
    expect(findings(name, objects)).toEqual([]);
  });

  test(`${rule.id} is one of the rules, and says what is wrong, why, and what to do`, () => {
    expect(RULES.filter(({ id }) => id === rule.id)).toEqual([rule]);
    const [, , ...objects] = bad[0];
    const finding = lint(objects.map((value) => ({ place: {}, value }))).find((each) => each.rule === rule.id);
    expect(finding).toMatchObject({ severity: rule.severity, object: expect.stringMatching(/^[A-Z]/), remedy: expect.stringMatching(/^[A-Z].*[.?"]$/) });
    expect(rule.why).toMatch(/\.$/);
  });
}
