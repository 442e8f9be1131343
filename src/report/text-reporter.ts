import { HookFailedError, HookIdentity, LifecycleEvent, Outcome, PlanSummary, describeVerdict } from '../lifecycle';
import { describeRef } from '../vocabulary';
import { aftermath } from './aftermath';
import { duration } from './duration';
import { headline, hookColumns, nameWidth } from './plan-text';
import { printable } from './printable';

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

const RED = 31;
const GREEN = 32;
const YELLOW = 33;

type Handler<K extends LifecycleEvent['kind']> = (event: Extract<LifecycleEvent, { kind: K }>) => void;

/** Tells an operation in plain lines: one for a hook and each change of its state, in columns. */
export class TextReporter {
  readonly #write: (line: string) => void;
  readonly #colour: boolean;
  readonly #seen = new Set<LifecycleEvent['kind']>();
  #plan?: PlanSummary;
  #width = 0;

  readonly #handlers: { readonly [K in LifecycleEvent['kind']]: Handler<K> } = {
    'operation-started': ({ plan }) => {
      this.#plan = plan;
      this.#width = nameWidth(plan);
      this.#line(headline(plan));
    },
    'namespace-created': ({ namespace }) => this.#line(`  created   Namespace/${namespace}`),
    'record-written': () => undefined,
    'records-deleted': () => undefined,
    'hook-started': (event) => this.#hook(event, 'started'),
    'hook-waiting': (event) => this.#hook(event, this.#paint(YELLOW, `waiting: ${event.reason}`)),
    'hook-log': (event) => this.#hook(event, `| ${event.line}`),
    'hook-finished': (event) => {
      const { verdict, milliseconds } = event;
      this.#hook(event, `${this.#paint(verdict.kind === 'succeeded' ? GREEN : RED, describeVerdict(verdict))}  ${duration(milliseconds)}`);
    },
    'hook-deleted': (event) => this.#hook(event, `deleted (${event.policy})`),
    'resource-applied': ({ resource, change }) => this.#line(`  ${change.padEnd(9)} ${describeRef(resource)}`),
    'resource-removed': ({ resource, change }) => this.#line(`  ${change.padEnd(9)} ${describeRef(resource)}`),
    'resources-waiting': ({ waiting }) => {
      for (const { resource, reason } of waiting) this.#line(`  waiting   ${describeRef(resource)}: ${reason}`);
    },
    'resources-ready': ({ milliseconds }) => this.#line(`  ready     all resources  ${duration(milliseconds)}`),
    'warning': ({ message }) => this.#line(this.#paint(YELLOW, `warning: ${message}`)),
    'operation-finished': ({ outcome, milliseconds }) => this.#finish(outcome, milliseconds),
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

  #finish(outcome: Outcome, milliseconds: number): void {
    const { operation, release, revision, status, error } = outcome;
    const time = duration(milliseconds);
    if (status === 'succeeded') {
      const result = operation === 'uninstall' ? 'release is gone' : `revision ${revision} is deployed`;
      return this.#line(`${operation} ${release}: ${this.#paint(GREEN, 'succeeded')}, ${result}  ${time}`);
    }
    this.#line(`${operation} ${release}: ${this.#paint(RED, status)}  ${time}`);
    for (const line of error!.message.split('\n')) this.#line(`  ${line}`);
    if (error instanceof HookFailedError && error.lastLines.length > 0) {
      this.#line('  The last lines it printed:');
      for (const line of error.lastLines) this.#line(`    ${line}`);
    }
    if (error!.remedy) this.#line(`  ${error!.remedy}`);
    for (const line of aftermath(this.#plan!, outcome, this.#seen)) this.#line(`  ${line}`);
  }

  #hook(hook: HookIdentity, text: string): void {
    this.#line(`  ${hookColumns(hook, this.#width)}  ${text}`);
  }

  #line(text: string): void {
    const parts = this.#colour ? text.split(/(\u001b\[\d*m)/) : [text];
    this.#write(parts.map((part, index) => (index % 2 === 1 ? part : printable(part))).join(''));
  }

  #paint(colour: number, text: string): string {
    return this.#colour ? `\u001b[${colour}m${printable(text)}\u001b[m` : text;
  }
}
