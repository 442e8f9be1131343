import { LifecycleEvent, describeVerdict } from '../lifecycle';
import { duration, filterHookLogs, retried, started } from '../report';
import { describeRef, linePrefix } from '../vocabulary';
import { RanHook } from './bracket-state';
import { Row } from './row';

type Handler<K extends LifecycleEvent['kind']> = (event: Extract<LifecycleEvent, { kind: K }>, row: Row) => void;

type Handlers = { readonly [K in LifecycleEvent['kind']]: Handler<K> };

const nothing = () => undefined;

function logText({ hook, among, line, ...source }: Extract<LifecycleEvent, { kind: 'hook-log' }>): string {
  return `${describeRef(hook)} | ${linePrefix(among, source)}${line}`;
}

const HANDLERS: Handlers = {
  'operation-started': nothing,
  'lock-waiting': ({ by }, row) => row.progress(`waiting for the release, which is held by ${by}`),
  'recovered': nothing, // of records, which there are none
  'namespace-created': ({ namespace }, row) => row.info(`created Namespace/${namespace}`),
  'definition-created': nothing,
  'record-written': nothing,
  'records-deleted': nothing,
  'hook-skipped': ({ event, hook, reason }, row) => row.info(`${event} ${describeRef(hook)} skipped: ${reason}`),
  'hook-started': (event, row) => row.progress(`${event.event} ${describeRef(event.hook)} ${started(event)}`),
  'hook-waiting': ({ event, hook, reason, remedy }, row) => row.info(`${event} ${describeRef(hook)} waiting: ${reason}${remedy === undefined ? '' : `. ${remedy}`}`),
  'hook-log': (event, row) => row.info(logText(event)),
  'hook-retried': (event, row) => row.info(`${event.event} ${describeRef(event.hook)} ${retried(event)}`),
  'hook-finished': ({ event, hook, verdict, milliseconds }, row) => row.info(`${event} ${describeRef(hook)} ${describeVerdict(verdict)} (${duration(milliseconds)})`),
  'hook-deleted': nothing,
  'resource-applied': nothing,
  'resource-removed': nothing,
  'resources-waiting': nothing,
  'resources-ready': nothing,
  'warning': ({ message }, row) => row.warn(message),
  'operation-finished': ({ outcome: { alsoFailed = [] } }, row) => alsoFailed.forEach(({ message }) => row.warn(`After that: ${message}`)),
};

/** Puts what hooks do on the row of their bracket, and remembers how they ended. */
export class RowReporter {
  readonly ran: RanHook[] = [];
  readonly #row: Row;
  readonly #tell: (event: LifecycleEvent) => void;

  constructor(row: Row) {
    this.#row = row;
    // What `helm.sh/hook-output-log-policy` asks for stays; every other line is replaced by the next.
    this.#tell = filterHookLogs('policy', (event) => (HANDLERS[event.kind] as Handler<typeof event.kind>)(event as never, row));
  }

  readonly report = (event: LifecycleEvent): void => {
    if (event.kind === 'hook-log') this.#row.progress(logText(event));
    this.#tell(event);
    if (event.kind !== 'hook-finished') return;
    const { event: at, hook, verdict, milliseconds } = event;
    this.ran.push({ event: at, hook: describeRef(hook), verdict: verdict.kind, seconds: Math.round(milliseconds / 100) / 10 });
  };
}
