/**
 * The same write, but never two at once: one that is asked for while another is under way begins after it, and whoever asks before it begins shares it.
 *
 * It has to write what is so when it begins.
 */
export function inTurn(write: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    if (next) return next;
    const begin = () => {
      next = undefined;
      return write();
    };
    last = last.then(begin, begin); // that the one before failed is told to those who asked for it
    next = last;
    return next;
  };
}
