import Ajv, { AnySchema, ErrorObject, Options } from 'ajv';
import Ajv2019 from 'ajv/dist/2019';
import Ajv2020 from 'ajv/dist/2020';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json';
import { BadInputError } from '../../release';
import { closest, messageOf, Values, isMap } from '../../vocabulary';
import { FORMATS } from './formats';

/** More problems than these are only counted. */
const MOST_PROBLEMS = 20;

/** Go knows escapes that JavaScript takes only without `u`. */
const regExp = Object.assign(
  (pattern: string, flags: string) => {
    try {
      return new RegExp(pattern, flags);
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: 'new RegExp' },
);

const OPTIONS: Options = { strict: false, allErrors: true, verbose: true, logger: false, multipleOfPrecision: 9, code: { regExp } };

/** Helm demands formats up to draft 7, and takes a schema that names no draft for one of 2020-12. */
const DRAFTS: Readonly<Record<string, () => Ajv>> = {
  'draft-06': () => new Ajv({ ...OPTIONS, formats: FORMATS }).addMetaSchema(draft6),
  'draft-07': () => new Ajv({ ...OPTIONS, formats: FORMATS }),
  '2019-09': () => new Ajv2019({ ...OPTIONS, validateFormats: false }),
  '2020-12': () => new Ajv2020({ ...OPTIONS, validateFormats: false }),
};

function unusable(chart: string, why: string, cause?: unknown): BadInputError {
  const remedy = `Correct the schema; the drafts ${Object.keys(DRAFTS).join(', ')} are known, and nothing is fetched from elsewhere.`;
  return new BadInputError([{ message: `values.schema.json of chart ${chart} cannot be used: ${why}`, remedy }], cause);
}

function validatorFor(schema: AnySchema, chart: string): Ajv {
  if (isMap(schema) && '$async' in schema) throw unusable(chart, '$async is no keyword of JSON Schema');
  const named = isMap(schema) && typeof schema.$schema === 'string' ? schema.$schema : '2020-12';
  const draft = Object.keys(DRAFTS).find((each) => named.includes(each));
  if (draft === undefined) throw unusable(chart, 'it is of a draft that is not known');
  return DRAFTS[draft]();
}

/** `image.tag`, `hosts[0]`, as a user would write it for --set. */
function pathOf(pointer: string, ...more: string[]): string {
  const keys = [...pointer.split('/').slice(1).map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~')), ...more];
  return keys.reduce((path, key) => {
    if (path !== '' && /^\d+$/.test(key)) return `${path}[${key}]`;
    return `${path}${path === '' ? '' : '.'}${key.replace(/\./g, '\\.')}`;
  }, '');
}

/** One thing that is wrong, with its place and never with the value. */
function problem({ instancePath, keyword, params, message = 'is not allowed', parentSchema }: ErrorObject): string {
  const named = (key: string) => pathOf(instancePath, String((params as Readonly<Record<string, unknown>>)[key]));
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return `${named('missingProperty')} is missing`;
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const known: unknown = parentSchema?.properties;
      const near = isMap(known) ? closest(String((params as { additionalProperty?: string }).additionalProperty), Object.keys(known)) : undefined;
      return `${named(keyword === 'additionalProperties' ? 'additionalProperty' : 'unevaluatedProperty')} is not known${near === undefined ? '' : `; did you mean "${near}"?`}`;
    }
    case 'enum':
      return `${pathOf(instancePath)} must be one of ${JSON.stringify((params as { allowedValues: unknown }).allowedValues)}`;
    default:
      return `${pathOf(instancePath) || 'the values'} ${message}`;
  }
}

/**
 * Holds values against the schema of their chart, as Helm does before it renders.
 *
 * @param schema the text of values.schema.json
 * @throws BadInputError that names every path that is wrong
 */
export function checkValues(values: Values, schema: string, chart: string): void {
  let errors: readonly ErrorObject[];
  try {
    const parsed = JSON.parse(schema) as AnySchema;
    const validate = validatorFor(parsed, chart).compile(parsed);
    errors = validate(values) === true ? [] : (validate.errors ?? []);
  } catch (cause) {
    if (cause instanceof BadInputError) throw cause;
    throw unusable(chart, messageOf(cause), cause);
  }
  if (errors.length === 0) return;
  const problems = [...new Set(errors.map(problem))];
  const shown = problems.slice(0, MOST_PROBLEMS);
  const more = problems.length > shown.length ? [`and ${problems.length - shown.length} more`] : [];
  const lines = [`the values do not fit the schema of chart ${chart}:`, ...[...shown, ...more].map((line) => `  ${line}`)];
  throw new BadInputError([{ message: lines.join('\n'), remedy: 'Change them with -f or --set; what the chart takes stands in its values.yaml and README.' }]);
}
