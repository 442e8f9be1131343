import { LifecycleEvent } from '../lifecycle';
import { LifecycleError } from '../vocabulary';
import { Timeline, TimelineOperation } from './timeline';

/** A report that gathers a stream of events, and is written as a whole at its end. */
export abstract class TimelineReport {
  readonly #write: (text: string) => void;
  readonly #timeline = new Timeline();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Takes an event in. */
  report(event: LifecycleEvent): void {
    this.#timeline.report(event);
  }

  /** Writes the report. */
  close(refusal?: LifecycleError): void {
    this.#write(this.render(this.#timeline.operations, refusal));
  }

  /**
   * The whole text.
   *
   * @param refusal why no operation was begun
   */
  protected abstract render(operations: readonly TimelineOperation[], refusal?: LifecycleError): string;
}
