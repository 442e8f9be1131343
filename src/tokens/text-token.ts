import { tokensInDigits } from './number-token';
import { Token, TokenError, TokenMeaning, registry } from './token';

// Letters and digits alone: such a text is a valid name, survives URLs and file names, and prints as it is in every language.
const START = 'xtok7q';
const END = 'x';
const DIGITS = 5;
const WHOLE = new RegExp(`${START}([0-9a-z]{${DIGITS}})${END}`, 'g');
const BROKEN = new RegExp(START, 'i');

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

function written(text: string): Part[] {
  if (BROKEN.test(text)) throw new TokenError(`a value was cut off, or its letters were changed: "${text}"`);
  return tokensInDigits(text);
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
