import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LintDocument, RULES, lint } from '../src/lint';
import { readDocuments } from '../src/release';

/*
 * docs/lint.md holds every rule with a bad and a good example. What is no whole object there stands for what differs from the hook in front of them.
 */

const GUIDE = readFileSync(resolve(__dirname, '../docs/lint.md'), 'utf8');

function yamlBlocks(text: string): string[] {
  return [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, yaml]) => yaml);
}

function documents(text: string): unknown[] {
  return readDocuments({ path: 'docs/lint.md', text }).map(({ value }) => value);
}

/** One value with what another says in its place: maps and lists field by field, `null` removes. */
function merged(base: unknown, over: unknown): unknown {
  if (over === null) return undefined;
  if (typeof base !== 'object' || base === null || typeof over !== 'object') return over;
  if (Array.isArray(base)) return base.map((item, index) => (Array.isArray(over) && index in over ? merged(item, over[index]) : (item as unknown)));
  const fields = Object.entries(over).map(([key, value]) => [key, merged((base as Record<string, unknown>)[key], value)]);
  return Object.fromEntries(Object.entries({ ...base, ...Object.fromEntries(fields) }).filter(([, value]) => value !== undefined));
}

const [reference, ...sections] = GUIDE.slice(GUIDE.indexOf('## Rules')).split(/^### /m);
const [base] = documents(yamlBlocks(reference)[0]);

/** A document of an example as a whole object. */
function whole(value: unknown): LintDocument {
  const isFragment = (value as { readonly kind?: string }).kind === undefined;
  return { place: {}, value: isFragment ? merged(base, value) : value };
}

function rulesBroken(yaml: string): string[] {
  return [...new Set(lint(documents(yaml).map(whole)).map(({ rule }) => rule))];
}

test('the hook that the examples differ from breaks no rule', () => {
  expect(rulesBroken(yamlBlocks(reference)[0])).toEqual([]);
});

test('the guide has every rule, in their order, in its table and with its reason', () => {
  expect(sections.map((section) => section.split('\n')[0])).toEqual(RULES.map(({ id }) => id));
  expect(reference).toContain(`There are ${RULES.length}.`);
  expect([...reference.matchAll(/^\| (\[`.*) \|$/gm)].map(([, row]) => row)).toEqual(RULES.map(({ id, severity, title }) => `[\`${id}\`](#${id}) | ${severity} | ${title}`));
});

test.each(RULES.map((rule, index) => [rule.id, rule, sections[index]] as const))('%s: its example breaks this rule and no other, mended it breaks none', (id, { severity, title, why }, section) => {
  expect(section).toContain(`\n${title}: ${severity === 'error' ? 'an error' : 'a warning'}.\n\n${why}\n`);
  const [bad, good, ...more] = yamlBlocks(section);
  expect(more).toEqual([]);
  expect([rulesBroken(bad), rulesBroken(good)]).toEqual([[id], []]);
});

test('what the guide says of ignoring a rule is so', () => {
  const [ignore] = yamlBlocks(GUIDE.slice(GUIDE.indexOf('## Ignoring a rule')));
  const loose = { spec: { activeDeadlineSeconds: 1200, template: { spec: { containers: [{ image: 'shop:latest' }] } } } };
  const values = [merged(base, loose), merged(merged(base, loose), documents(ignore)[0])];
  expect(values.map((value) => lint([{ place: {}, value }]).map(({ rule }) => rule))).toEqual([['job-outlives-helm', 'mutable-image'], []]);
});
