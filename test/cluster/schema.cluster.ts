import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkValues } from '../../src/cli/values/schema';
import { Values } from '../../src/vocabulary';
import { runProgram } from './cli';
import { tools } from './tools';

/* The same schema and values for helm and for us: both take them, or both refuse them. */

const DRAFTS = ['http://json-schema.org/draft-06/schema#', 'http://json-schema.org/draft-07/schema#', 'https://json-schema.org/draft/2019-09/schema', 'https://json-schema.org/draft/2020-12/schema', undefined];

/** What a value `x` must be, and values that are, and are not. */
const KEYWORDS: readonly (readonly [object, readonly unknown[]])[] = [
  [{ type: 'integer' }, [1, 1e6, -0, 1.5, '1', null, true]],
  [{ type: 'number', exclusiveMinimum: 0, maximum: 10 }, [0, 0.1, 10, 11]],
  [{ type: ['string', 'null'] }, ['', null, 1]],
  [{ multipleOf: 0.1 }, [0.3, 0.35, 1]],
  [{ enum: ['a', 1, null] }, ['a', 1, null, 'b']],
  [{ const: { a: [1] } }, [{ a: [1] }, { a: [2] }]],
  [{ type: 'string', minLength: 2, maxLength: 3 }, ['é', '🎉🎉', 'abcd']],
  [{ pattern: '^[a-z\\-]+\\.[0-9]{2}$' }, ['a-b.12', 'a.1', 5]],
  [{ items: { type: 'string' }, minItems: 1, uniqueItems: true }, [[], ['a'], ['a', 'a'], [1]]],
  [{ contains: { type: 'integer' } }, [['a'], ['a', 1]]],
  [{ properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }, [{}, { a: 'x' }, { a: 'x', b: 1 }]],
  [{ patternProperties: { '^x-': { type: 'integer' } } }, [{ 'x-a': 1 }, { 'x-a': 'y' }, { y: 'y' }]],
  [{ propertyNames: { maxLength: 4 } }, [{ 'x-a': 1 }]],
  [{ propertyNames: { maxLength: 4 } }, [{ 'x-abc': 1 }]],
  [{ anyOf: [{ type: 'string' }, { minimum: 5 }], not: { const: 7 } }, ['a', 4, 6, 7]],
  [{ oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }] }, [2, 3, 6]],
  [{ $ref: '#/definitions/name' }, ['web', 1]],
  ...['date', 'time', 'date-time', 'email', 'hostname', 'ipv4', 'ipv6', 'uri'].map((format) => [
    { format },
    [
      '2024-02-29', '2023-02-29', '12:00:00Z', '2024-02-29T12:00:00Z', 'a@b.example', 'web.example.com', '-a', '10.0.0.1', '10.0.0', '::1', 'fe80::1%eth0',
      'https://a/b', 'a b', 5,
    ],
  ] as const),
];

const CASES = DRAFTS.flatMap(($schema) => KEYWORDS.map(([x, values]) => ({ schema: { $schema, definitions: { name: { type: 'string' } }, properties: { x } }, values })));

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'schema-'));
  writeFileSync(join(folder, 'Chart.yaml'), 'apiVersion: v2\nname: probe\nversion: 1.0.0\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

function ours(schema: object, values: Values): boolean {
  try {
    checkValues(values, JSON.stringify(schema), 'probe');
    return true;
  } catch {
    return false;
  }
}

/** Helm's word on many values at once: one property for each, every one with the same schema. */
async function helms(helm: string, schema: { readonly properties: { readonly x: object } }, values: readonly unknown[]): Promise<boolean[]> {
  const names = values.map((_, index) => `x${index}`);
  const properties = Object.fromEntries(names.map((name) => [name, schema.properties.x]));
  writeFileSync(join(folder, 'values.schema.json'), JSON.stringify({ ...schema, properties }));
  writeFileSync(join(folder, 'values.yaml'), JSON.stringify(Object.fromEntries(values.map((value, index) => [`x${index}`, value]))));
  const { stderr } = await runProgram(helm, ['template', 'probe', folder]);
  const whole = stderr.includes("- at '': "); // where the name of a property is wrong; no other value is tried with such a one
  return names.map((name) => !whole && !new RegExp(`'/${name}['/]`).test(stderr));
}

test.each(['helm3', 'helm4'] as const)('values fit a schema where %s says so', async (helm) => {
  const differences: unknown[] = [];
  for (const { schema, values } of CASES) {
    const given = values.filter((value) => value !== null); // a null among defaults is no value
    const theirs = await helms(tools()[helm], schema, given);
    given.forEach((value, index) => {
      const { properties: { x }, $schema: draft } = schema;
      if (ours(schema, { x: value }) !== theirs[index]) differences.push({ x, draft, value, helm: theirs[index] });
    });
  }
  expect(differences).toEqual([]);
});
