/** Compares as Go compares strings: byte by byte of their UTF-8, which JavaScript's own order is not. */
export function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
