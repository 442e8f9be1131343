import { LifecycleEvent } from '../lifecycle-event';
import { Outcome } from '../outcome';

/** Hands every event to a listener and resolves with what the operation came to. */
export async function listen(events: AsyncGenerator<LifecycleEvent, Outcome>, listener: (event: LifecycleEvent) => void): Promise<Outcome> {
  for (;;) {
    const next = await events.next();
    if (next.done) return next.value;
    listener(next.value);
  }
}
