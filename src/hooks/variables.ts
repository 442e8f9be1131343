import * as kplus from 'cdk8s-plus-27';
import { defined } from './defined';

/** A text as Kubernetes takes it literally in commands and variables, where it replaces $(NAME), and $$ by $. */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** Environment variables with these values; what is undefined is left out. */
export function variables(values: Readonly<Record<string, string | number | boolean | undefined>>): { [name: string]: kplus.EnvValue } {
  return Object.fromEntries(Object.entries(defined(values)).map(([name, value]) => [name, kplus.EnvValue.fromValue(literal(String(value)))]));
}
