import { getEventListeners } from 'node:events';

/** Counts who listens to a signal; the result tells how many there were at most. Node warns of a leak from the eleventh on. */
export function mostListeners(signal: AbortSignal): () => number {
  let most = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...listener: Parameters<typeof add>) => {
    add(...listener);
    most = Math.max(most, getEventListeners(signal, 'abort').length);
  };
  return () => most;
}
