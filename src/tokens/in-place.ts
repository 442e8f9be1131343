import { TokenError } from './token';

/** Says whose text or object it was with which something went wrong: a construct by its path, before the pointer to the field. */
export function inPlace<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new Error(`${place}${error.message.startsWith('/') ? '' : ': '}${error.message}`, { cause: error });
  }
}
