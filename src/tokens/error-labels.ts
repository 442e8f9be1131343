import { messageOf } from '../vocabulary';
import { Part, isToken, partsOf } from './text-token';

function piecesOf(message: string): Part[] {
  try {
    return partsOf(message);
  } catch {
    return [message]; // it is about a token that did not come through whole
  }
}

/**
 * An error of somebody who knows nothing of tokens, with what people call them in the place of the texts and numbers that carry them.
 *
 * @param remedy what can be done where a number was looked at, which is not the one that is meant
 */
export function withLabels(error: unknown, remedy: string): unknown {
  const parts = piecesOf(messageOf(error));
  if (!parts.some(isToken)) return error;
  const message = parts.map((part) => (isToken(part) ? part.label : part)).join('');
  if (!parts.some((part) => isToken(part) && part.shape === 'number')) return new Error(message, { cause: error });
  return new Error(`${message}${/[.!?]$/.test(message) ? '' : '.'} ${remedy}`, { cause: error });
}
