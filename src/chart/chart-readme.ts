import { ChartMetadata } from './chart-metadata';
import { ValueDeclaration, dotted } from './value-declaration';

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ');
}

/** The keywords that the options of a value become. */
interface ValueSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What a schema allows, in words. */
function allowed({ schema }: ValueDeclaration): string {
  const { type, enum: values, pattern, minimum, maximum, minLength, maxLength } = schema as ValueSchema;
  const limits = [
    values && `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
    pattern && `matches \`${pattern}\``,
    minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && `at least ${minimum}`,
    maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
    minLength !== undefined && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
  ];
  return [type, ...limits.filter(Boolean)].join('; ');
}

function row(declaration: ValueDeclaration): string {
  const { path, description = '', defaultValue } = declaration;
  const standard = defaultValue === undefined ? '(required)' : `\`${JSON.stringify(defaultValue)}\``;
  return `| \`${dotted(path)}\` | ${cell(description)} | ${cell(allowed(declaration))} | ${cell(standard)} |`;
}

/** README.md of a chart: what it is, and a table of its values. */
export function chartReadme({ name, version, description }: ChartMetadata, declarations: readonly ValueDeclaration[]): string {
  const table = ['| value | what for | allowed | default |', '|---|---|---|---|', ...declarations.map(row)];
  const values = declarations.length === 0 ? [] : ['## Values', '', ...table, ''];
  return [`# ${name} ${version}`, '', ...(description === undefined ? [] : [description, '']), ...values].join('\n');
}
