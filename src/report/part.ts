import { printable } from './printable';

/** SGR codes: ECMA-48, 8.3.117. */
export const BOLD = 1;
export const DIM = 2;
export const RED = 31;
export const GREEN = 32;
export const YELLOW = 33;
export const CYAN = 36;

/** Text in a colour. */
export interface Painted {
  readonly colour: number;
  readonly text: string;
}

/** A piece of a line. */
export type Part = string | Painted;

/** A line that is not yet text: what is in it may still be measured and cut. */
export type Line = readonly Part[];

/** Gives a text a colour. */
export function paint(colour: number, text: string): Painted {
  return { colour, text };
}

/** The text of a part without its colour. */
export function textOf(part: Part): string {
  return typeof part === 'string' ? part : part.text;
}

/** A line as text. Whatever comes from a cluster is made printable here, so that the only escape sequences are our own. */
export function lineText(line: Line, colour: boolean): string {
  const render = (part: Part) => {
    const text = printable(textOf(part));
    return colour && typeof part !== 'string' && text !== '' ? `\u001b[${part.colour}m${text}\u001b[m` : text;
  };
  return line.map(render).join('').trimEnd();
}
