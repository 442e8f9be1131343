import { HookIdentity, LifecycleEvent, PlanSummary, describeVerdict } from '../lifecycle';
import { describeRef, linePrefix } from '../vocabulary';
import { duration } from './duration';
import { outcomeLines } from './outcome-lines';
import { GREEN, Line, Part, RED, YELLOW, lineText, paint } from './part';
import { heldBy, recovery, retried, started } from './phrases';
import { USUAL_WIDTHS, headline, hookColumns, hookWidths } from './plan-text';

/** Where the lines go, and how. */
export interface TextReporterProps {
  readonly write: (line: string) => void;
  /**
   * Colour the verdicts; for terminals only.
   *
   * @default false
   */
  readonly colour?: boolean;
}

type Handler<K extends LifecycleEvent['kind']> = (event: Extract<LifecycleEvent, { kind: K }>) => void;

/** Tells an operation in plain lines: one for a hook and each change of its state, in columns. */
export class TextReporter {
  readonly #write: (line: string) => void;
  readonly #colour: boolean;
  readonly #seen = new Set<LifecycleEvent['kind']>();
  #plan?: PlanSummary;
  /** The lines of what was waited for when it was told last. */
  #waiting: readonly string[] = [];
  #widths = USUAL_WIDTHS;

  readonly #handlers: { readonly [K in LifecycleEvent['kind']]: Handler<K> } = {
    'operation-started': ({ plan }) => {
      this.#seen.clear(); // what takes a failed operation back is an operation of its own
      this.#waiting = [];
      this.#plan = plan;
      this.#widths = hookWidths(plan);
      this.#line(headline(plan));
    },
    'lock-waiting': (event) => this.#line(heldBy(event)),
    'recovered': (event) => this.#line(recovery(event)),
    'namespace-created': ({ namespace }) => this.#line(`  created   Namespace/${namespace}`),
    'definition-created': ({ definition }) => this.#line(`  created   ${describeRef(definition)}`),
    'record-written': () => undefined,
    'records-deleted': () => undefined,
    'hook-started': (event) => this.#hook(event, started(event)),
    'hook-skipped': (event) => this.#hook(event, `skipped: ${event.reason}`),
    'hook-waiting': (event) => {
      this.#hook(event, paint(YELLOW, `waiting: ${event.reason}`));
      if (event.remedy !== undefined) this.#hook(event, `  ${event.remedy}`);
    },
    'hook-log': (event) => this.#hook(event, `| ${linePrefix(event.among, event)}${event.line}`),
    'hook-retried': (event) => this.#hook(event, paint(YELLOW, retried(event))),
    'hook-finished': (event) => {
      const { verdict, milliseconds } = event;
      this.#hook(event, paint(verdict.kind === 'succeeded' ? GREEN : RED, describeVerdict(verdict)), `  ${duration(milliseconds)}`);
    },
    'hook-deleted': (event) => {
      // That the last run's object went was told when the wait for it began.
      if (event.policy !== 'before-hook-creation') this.#hook(event, `deleted (${event.policy})`);
    },
    'resource-applied': ({ resource, change }) => this.#line(`  ${change.padEnd(9)} ${describeRef(resource)}`),
    'resource-removed': ({ resource, change }) => this.#line(`  ${change.padEnd(9)} ${describeRef(resource)}`),
    'resources-waiting': ({ waiting }) => {
      const lines = waiting.map(({ resource, reason }) => `  waiting   ${describeRef(resource)}: ${reason}`);
      for (const line of lines) if (!this.#waiting.includes(line)) this.#line(line);
      this.#waiting = lines;
    },
    'resources-ready': ({ milliseconds }) => this.#line(`  ready     all resources  ${duration(milliseconds)}`),
    'warning': ({ message }) => this.#line(paint(YELLOW, `warning: ${message}`)),
    'operation-finished': ({ outcome, milliseconds }) => {
      for (const line of outcomeLines(outcome, milliseconds, this.#plan!, this.#seen)) this.#line(...line);
    },
  };

  constructor({ write, colour = false }: TextReporterProps) {
    this.#write = write;
    this.#colour = colour;
  }

  /** Writes what an event has to say. */
  report(event: LifecycleEvent): void {
    this.#seen.add(event.kind);
    (this.#handlers[event.kind] as Handler<typeof event.kind>)(event as never);
  }

  #hook(hook: HookIdentity, ...parts: readonly Part[]): void {
    this.#line(`  ${hookColumns(hook, this.#widths)}  `, ...parts);
  }

  #line(...parts: Line): void {
    this.#write(lineText(parts, this.#colour));
  }
}
