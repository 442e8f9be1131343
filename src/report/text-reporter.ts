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

interface Painted {
  readonly colour: number;
  readonly text: string;
}

type Part = string | Painted;

function paint(colour: number, text: string): Painted {
  return { colour, text };
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
  #width = 0;

  readonly #handlers: { readonly [K in LifecycleEvent['kind']]: Handler<K> } = {
    'operation-started': ({ plan }) => {
      this.#plan = plan;
      this.#width = nameWidth(plan);
      this.#line(headline(plan));
    },
    'lock-waiting': ({ by }) => this.#line(`waiting for the release, which is held by ${by}`),
    'recovered': ({ revision, was, stopped }) =>
      this.#line(`revision ${revision} was left ${was} by an operation that died; it is failed now${stopped.length > 0 ? `, and ${stopped.join(', ')} stopped` : ''}`),
    'namespace-created': ({ namespace }) => this.#line(`  created   Namespace/${namespace}`),
    'record-written': () => undefined,
    'records-deleted': () => undefined,
    'hook-started': (event) => this.#hook(event, 'started'),
    'hook-waiting': (event) => {
      this.#hook(event, paint(YELLOW, `waiting: ${event.reason}`));
      if (event.remedy !== undefined) this.#hook(event, `  ${event.remedy}`);
    },
    'hook-log': (event) => this.#hook(event, `| ${event.line}`),
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
      return this.#line(`${operation} ${release}: `, paint(GREEN, 'succeeded'), `, ${result}  ${time}`);
    }
    this.#line(`${operation} ${release}: `, paint(RED, status), `  ${time}`);
    for (const line of error!.message.split('\n')) this.#line(`  ${line}`);
    if (error instanceof HookFailedError && error.lastLines.length > 0) {
      this.#line('  The last lines it printed:');
      for (const line of error.lastLines) this.#line(`    ${line}`);
    }
    if (error!.remedy) this.#line(`  ${error!.remedy}`);
    for (const line of aftermath(this.#plan!, outcome, this.#seen)) this.#line(`  ${line}`);
  }

  #hook(hook: HookIdentity, ...parts: readonly Part[]): void {
    this.#line(`  ${hookColumns(hook, this.#width)}  `, ...parts);
  }

  /** Whatever comes from a cluster is made printable here, so that the only escape sequences are our own. */
  #line(...parts: readonly Part[]): void {
    this.#write(parts.map((part) => (typeof part === 'string' ? printable(part) : this.#paint(part))).join('').trimEnd());
  }

  #paint({ colour, text }: Painted): string {
    return this.#colour ? `\u001b[${colour}m${printable(text)}\u001b[m` : printable(text);
  }
}
