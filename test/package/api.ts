import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './packed';

/* The API as jsii describes it in `.jsii`: what there is in every language. */

export interface Docs {
  readonly summary?: string;
  readonly remarks?: string;
  readonly default?: string;
  readonly example?: string;
}

/** A prop, a method, a constant of an enum. */
export interface Member {
  readonly name: string;
  readonly docs?: Docs;
  readonly optional?: true;
  readonly static?: true;
  readonly type?: { readonly primitive?: string };
}

export interface Type extends Member {
  readonly fqn: string;
  readonly kind: 'class' | 'enum' | 'interface';
  /** Set for an interface that is a bag of props. */
  readonly datatype?: true;
  /** What an interface extends. */
  readonly interfaces?: readonly string[];
  readonly initializer?: { readonly parameters?: readonly { readonly name: string; readonly type: { readonly fqn?: string } }[] };
  readonly properties?: readonly Member[];
  readonly methods?: readonly Member[];
  readonly members?: readonly Member[];
}

type Types = Readonly<Record<string, Type>>;

/** The types of a package: ours, or one that ours extend. */
function typesOf(folder: string): Types {
  return (JSON.parse(readFileSync(join(ROOT, folder, '.jsii'), 'utf8')) as { readonly types: Types }).types;
}

const types = typesOf('.');
const ALL: Types = { ...types, ...typesOf('node_modules/constructs'), ...typesOf('node_modules/cdk8s') };

/** Every type, by its name. */
export const TYPES = Object.values(types);

/** The bags of props. */
export const STRUCTS = TYPES.filter(({ datatype }) => datatype);

/** The props of a bag, those that it inherits among them. */
export function propsOf({ properties = [], interfaces = [] }: Type): readonly Member[] {
  return [...properties, ...interfaces.flatMap((fqn) => propsOf(ALL[fqn]))];
}

/** Classes that are made as constructs are, `new (scope, id, props)`, each with the bag of its props. */
export const CONSTRUCTS = TYPES.flatMap((type) => {
  const [scope, id, props] = type.initializer?.parameters ?? [];
  return scope?.name === 'scope' && id?.name === 'id' && props.type.fqn ? [{ type, props: types[props.type.fqn] }] : [];
});
