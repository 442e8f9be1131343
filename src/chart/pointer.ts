/** Keys of a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
export function keysOfPointer(pointer: string): string[] {
  return pointer.slice(1).split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is at a JSON pointer; nothing where there is nothing. */
export function valueAt(object: unknown, pointer: string): unknown {
  return keysOfPointer(pointer).reduce<unknown>((value, key) => {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return isThere ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }, object);
}
