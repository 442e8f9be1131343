import { tokensInDigits } from './number-token';
import { Token, TokenError, TokenMeaning, registry } from './token';

// Letters and digits alone: such a text is a valid name, survives URLs and file names, and prints as it is in every language.
const START = 'xtok7q';
const END = 'x';
const DIGITS = 5;
const WHOLE = new RegExp(`${START}([0-9a-z]{${DIGITS}})${END}`, 'g');
/** What is left of a text whose case was changed, or whose beginning or end was cut off; without its first letter, which may be gone. */
const BROKEN = new RegExp(`${START[0]}?${START.slice(1)}(?:([0-9a-z]{${DIGITS}})${END})?`, 'i');
/** The beginning in base64, which encodes by three bytes and may begin at each of them. */
const ENCODED = /eHRvazdx|h0b2s3c|4dG9rN3/;
/** Of a text in an error; the rest says no more. */
const SHOWN = 60;

/** A piece of a text: written, or known later. */
export type Part = string | Token;

function mint(shape: Token['shape'], meaning: TokenMeaning): string {
  const { texts } = registry();
  const id = texts.push({ ...meaning, shape }) - 1;
  return START + id.toString(36).padStart(DIGITS, '0') + END;
}

/** A text that carries a token, and may be a part of another text. */
export function mintText(meaning: TokenMeaning): string {
  return mint('text', meaning);
}

/** A text that carries what is no text, and has to stand alone. */
export function mintStructure(meaning: TokenMeaning): string {
  return mint('structure', meaning);
}

/** A text that carries a list or a map, whose items or fields take its place in the list or the map around it. */
export function mintItems(meaning: TokenMeaning): string {
  return mint('items', meaning);
}

/** What was done to a token so that it is none any more; nothing for an ordinary text. */
function damage(text: string): string | undefined {
  if (ENCODED.test(text)) return 'a value was encoded in base64';
  const broken = BROKEN.exec(text);
  if (!broken) return undefined;
  const [left, id] = broken;
  const label = (id === undefined ? undefined : registry().texts[parseInt(id, 36)]?.label) ?? 'a value';
  return left === left.toLowerCase() ? `${label} was cut off` : `the case of ${label} was changed`;
}

function written(text: string): Part[] {
  const done = damage(text);
  if (done === undefined) return tokensInDigits(text);
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  throw new TokenError(`${done}: "${shown}". A value is known in the release and not before, so it can only be placed whole.`);
}

/** A text as its pieces, none of them empty; a text without tokens is one piece. */
export function partsOf(text: string): Part[] {
  const { texts } = registry();
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(WHOLE)) {
    const token = texts[parseInt(match[1], 36)];
    if (!token) throw new TokenError(`"${match[0]}" stands for a value that this process does not know`);
    parts.push(...written(text.slice(end, match.index)), token);
    end = match.index + match[0].length;
  }
  parts.push(...written(text.slice(end)));
  return parts.length > 1 ? parts.filter((part) => part !== '') : parts;
}

/** Whether a piece is known later. */
export function isToken(part: Part): part is Token {
  return typeof part !== 'string';
}

/** A word that no text holds, to stand for a piece of one while it is written. */
export function placeholder(index: number | string): string {
  return `${START}-${index}-${END}`;
}
