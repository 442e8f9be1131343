import { EXIT } from './exit-codes';

/** Aborted at the first SIGINT or SIGTERM; the second ends the process at once. */
export function interruptSignal(tell: (line: string) => void): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    tell(`${name}: stopping what runs, then hooks that always run; once more ends at once`);
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { signal: controller.signal, release: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal) };
}

/** Runs a program that ends with the operation or, where none watches for signals, when this process is told to: what comes after it is still done then. */
export async function untilInterrupted<T>(interrupt: AbortSignal | undefined, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  if (interrupt) return run(interrupt);
  const own = interruptSignal(() => undefined);
  try {
    return await run(own.signal);
  } finally {
    own.release();
  }
}
