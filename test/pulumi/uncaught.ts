const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

let busy = false;

/**
 * Leaves errors that nothing catches to Pulumi while a program runs: its host makes them diagnostics, as in a process of its own. Jest would fail the test that
 * expects them.
 */
export async function leaveUncaught<T>(work: () => Promise<T>): Promise<T> {
  if (busy) throw new Error('Only one program at a time: an error that nothing catches says not whose it is');
  busy = true;
  const kept = EVENTS.map((event) => ({ event, listeners: process.listeners(event as 'uncaughtException') }));
  for (const { event } of kept) process.removeAllListeners(event);
  try {
    return await work();
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
