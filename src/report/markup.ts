import { escaped } from './escaped';

/** A piece of HTML that may stand as it is. */
export interface Markup {
  readonly markup: string;
}

type Piece = string | number | Markup | readonly Markup[] | undefined;

function render(piece: Piece): string {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(render).join('');
}

/** HTML with texts put in: whatever is no markup itself is escaped, between tags and in quoted attributes. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return { markup: strings.map((text, index) => text + render(pieces[index])).join('') };
}

/** As many of a list as fit, and a last one that says how many there are beside them. */
export function capped<T>(list: readonly T[], most: number, show: (each: T) => Markup, rest: (count: number) => Markup): Markup[] {
  const shown = list.slice(0, most).map(show);
  return list.length > most ? [...shown, rest(list.length - most)] : shown;
}
