import { isToken, partsOf } from './text-token';
import { Encoding, TokenError } from './token';

const WRITTEN: Readonly<Record<Encoding, (text: string) => string>> = {
  json: (text) => JSON.stringify(text).slice(1, -1),
  url: encodeURIComponent,
};

/** A text without tokens, so that it means itself in that language. */
export function encodedPlain(text: string, encoding: Encoding): string {
  return WRITTEN[encoding](text);
}

/** A text that may hold tokens, so that it means itself between the quotes of a JSON text, or in a URL. */
export function encodedText(text: string, encoding: Encoding): string {
  return partsOf(text).map((part) => {
    if (!isToken(part)) return encodedPlain(part, encoding);
    if (part.encoded) return part.encoded(encoding);
    throw new TokenError(`${part.label} cannot stand in ${encoding === 'json' ? 'a text of JSON' : 'a URL'}: nobody knows how to encode it`);
  }).join('');
}
