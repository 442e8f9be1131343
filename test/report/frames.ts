import stringWidth from 'string-width';
import { LifecycleEvent } from '../../src/lifecycle';
import { LiveSpace, LiveState, liveFrame, liveState, liveText } from '../../src/report';
import { lineText } from '../../src/report/part';

const space = (columns: number, rows: number): LiveSpace => ({ columns, rows, widthOf: stringWidth });
const stateOf = (events: readonly LifecycleEvent[]): LiveState => events.reduce(liveState, []);

/** A moment of the virtual clock, so many seconds after it began. */
export function at(second: number): number {
  return Date.parse('2026-01-01T00:00:00Z') + second * 1000;
}

/** What a terminal shows in that second, in so much room. */
export function frame(events: readonly LifecycleEvent[], second: number, columns = 80, rows = 24): string[] {
  return liveFrame(stateOf(events), at(second), space(columns, rows)).map((line) => lineText(line, false));
}

/** What stays on a terminal when all is over. */
export function text(events: readonly LifecycleEvent[], columns = 80): string[] {
  return liveText(stateOf(events), at(0), space(columns, 24)).map((line) => lineText(line, false));
}

/** The events up to the first of a kind, and it. */
export function until(events: readonly LifecycleEvent[], kind: LifecycleEvent['kind'], name?: string): readonly LifecycleEvent[] {
  const index = events.findIndex((event) => event.kind === kind && (name === undefined || ('hook' in event && event.hook.name === name)));
  return events.slice(0, index + 1);
}
