const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

let busy = false;

/** The codes of gRPC for a call whose other end has gone. */
const HUNG_UP = [1, 14];

/** Whether a call failed because the engine ended before a program that no longer waits for it; in a process of its own nobody would be left to hear of it. */
const hasHungUp = (error: unknown) => HUNG_UP.includes((error as { code?: number }).code ?? -1);

/**
 * Leaves errors that nothing catches to Pulumi while a program runs: its host makes them diagnostics, as in a process of its own. Jest would fail the test that
 * expects them.
 */
export async function leaveUncaught<T>(work: () => Promise<T>): Promise<T> {
  if (busy) throw new Error('Only one program at a time: an error that nothing catches says not whose it is');
  busy = true;
  const kept = EVENTS.map((event) => ({ event, listeners: process.listeners(event as 'uncaughtException') }));
  for (const { event } of kept) process.removeAllListeners(event);
  const strays: unknown[] = [];
  for (const event of EVENTS) process.on(event, (error) => void (process.listenerCount(event) === 1 && !hasHungUp(error) && strays.push(error)));
  try {
    const result = await work();
    if (strays.length > 0) throw new AggregateError(strays, 'Errors that neither the program nor its host has caught');
    return result;
  } finally {
    // What is rejected when the engine hangs up is told in the turns after.
    await new Promise((resolve) => setTimeout(resolve, 0));
    for (const { event, listeners } of kept) {
      process.removeAllListeners(event);
      for (const listener of listeners) process.on(event, listener);
    }
    busy = false;
  }
}
