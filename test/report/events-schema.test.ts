import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import * as ts from 'typescript';
import { DEFAULT_SETTINGS, LifecycleEvent } from '../../src/lifecycle';
import { openReport } from '../../src/report';
import { HOOK_EVENTS, LifecycleError } from '../../src/vocabulary';
import { Shop } from '../lifecycle/harness';
import { configMap, deployment, job } from '../release/manifests';
import { installed, upgraded } from './operation';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly const?: string;
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const ROOT = resolve(__dirname, '../..');
const SCHEMA = JSON.parse(readFileSync(resolve(ROOT, 'schemas/events.schema.json'), 'utf8')) as Schema;

/** The schema with every object closed: what it does not know is a mistake here, though not for those who read events. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in schema && 'type' in schema ? { ...inside, additionalProperties: false } : inside;
}

const isEvent = new Ajv2020({ strict: true, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/ } }).compile(closed(SCHEMA) as object);

/** What a report writes of events, line by line, and what the schema has against it. */
function mistakes(events: readonly LifecycleEvent[]): string[] {
  const texts: string[] = [];
  const report = openReport('json', (text) => texts.push(text));
  for (const event of events) report.report(event);
  report.close();
  return texts.join('').trimEnd().split('\n').flatMap((line) => (isEvent(JSON.parse(line)) ? [] : [`${line}: ${isEvent.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`).join()}`]));
}

const AT = '2026-01-01T00:00:00.000Z';
const HOOK = { event: 'pre-upgrade', hook: { apiVersion: 'batch/v1', kind: 'Job', name: 'migrate', namespace: 'shop' }, weight: -5 } as const;
const OBJECT = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a' };
const SETTINGS = { ...DEFAULT_SETTINGS, wait: true };
const OUTCOME = { operation: 'upgrade', release: 'web', namespace: 'shop', revision: 2 } as const;

/** Events of every kind; the compiler asks for one of a kind that is new. */
const EVERY_KIND: { readonly [K in LifecycleEvent['kind']]: readonly Omit<Extract<LifecycleEvent, { kind: K }>, 'at' | 'kind'>[] } = {
  'operation-started': [{
    plan: {
      operation: 'rollback',
      event: 'pre-upgrade',
      release: 'web',
      namespace: 'shop',
      revision: 3,
      from: 2,
      to: 1,
      deployed: 2,
      onFailure: { operation: 'rollback', to: 2 },
      settings: SETTINGS,
      warnings: ['oh'],
      definitions: [OBJECT],
      before: [{ ...HOOK, timeoutSeconds: 90, retry: { attempts: 3, backoffSeconds: 2, onExitCodes: [75] }, mutex: { namespace: 'default', name: 'orders-db' }, outputLogPolicies: ['hook-failed'], skip: { reason: 'it is done', uid: 'x' } }],
      apply: [{ action: 'create', resource: OBJECT }],
      remove: [{ action: 'keep', resource: OBJECT }],
      after: [
        { ...HOOK, runsBecause: 'its image has no digest' },
        { ...HOOK, waitsFor: [], always: true, skip: { reason: 'nothing has changed', unchanged: { since: 1, inputs: [OBJECT] } } },
      ],
      afterFailure: [HOOK],
    },
  }],
  'lock-waiting': [{ by: 'an upgrade on host a' }],
  'recovered': [{ revision: 2, was: 'pending-upgrade', stopped: ['Job/migrate'] }],
  'namespace-created': [{ namespace: 'shop' }],
  'definition-created': [{ definition: OBJECT }],
  'record-written': [{ revision: 2, status: 'deployed' }],
  'records-deleted': [{ revisions: [1, 2] }],
  'hook-started': [...HOOK_EVENTS.map((event) => ({ ...HOOK, event })), { ...HOOK, attempt: 2 }, { ...HOOK, runsBecause: 'its image has no digest' }],
  'hook-skipped': [{ ...HOOK, reason: 'it has succeeded in an earlier attempt' }],
  'hook-waiting': [{ ...HOOK, reason: 'no image', remedy: 'Build it.' }, { ...HOOK, reason: 'no image' }],
  'hook-log': [{ ...HOOK, pod: 'migrate-x', container: 'main', line: 'one', among: 'pods' }, { ...HOOK, pod: 'migrate-x', container: 'main', line: '' }],
  'hook-retried': [{ ...HOOK, attempt: 1, attempts: 3, verdict: { kind: 'failed', cause: 'no' }, milliseconds: 900, pauseSeconds: 2 }],
  'hook-finished': ([
    { kind: 'succeeded' }, { kind: 'failed', cause: 'no', remedy: 'Try.' }, { kind: 'stuck', cause: 'no', remedy: 'Try.' },
    { kind: 'timed-out', afterSeconds: 60, waiting: 'no image', remedy: 'Try.' }, { kind: 'interrupted' },
  ] as const).map((verdict) => ({ ...HOOK, verdict, milliseconds: 1500, attempt: 3 })),
  'hook-deleted': [{ ...HOOK, policy: 'hook-succeeded' }, { ...HOOK, policy: 'uninstall' }],
  'resource-applied': [{ resource: OBJECT, change: 'created' }],
  'resource-removed': [{ resource: OBJECT, change: 'absent' }],
  'resources-waiting': [{ waiting: [{ resource: OBJECT, reason: 'not there' }] }],
  'resources-ready': [{ milliseconds: 20 }],
  'warning': [{ message: 'oh' }],
  'operation-finished': [
    { milliseconds: 20, outcome: { ...OUTCOME, status: 'succeeded', notes: 'Thank you.' } },
    { milliseconds: 20, outcome: { ...OUTCOME, status: 'failed', error: new LifecycleError('cluster', 'no', { remedy: 'Try.' }), alsoFailed: [new LifecycleError('hook-failed', 'no')], resume: { skips: [OBJECT] }, undone: { ...OUTCOME, status: 'succeeded' } } },
  ],
};

test.each(Object.entries(EVERY_KIND))('events of the kind %s are as the schema says', (kind, samples) => {
  expect(mistakes(samples.map((sample) => ({ at: AT, kind, ...sample }) as LifecycleEvent))).toEqual([]);
});

test.each<[string, object]>([
  ['of an unknown kind', { at: AT, kind: 'hook-vanished' }],
  ['without a moment', { kind: 'warning', message: 'oh' }],
  ['without what its kind has', { at: AT, kind: 'warning' }],
  ['with more than its kind has', { at: AT, kind: 'warning', message: 'oh', password: 'swordfish' }],
  ['with a verdict of another kind', { at: AT, kind: 'hook-finished', ...HOOK, milliseconds: 1, verdict: { kind: 'failed' } }],
])('an event %s is not', (_what, event) => {
  expect(isEvent(event)).toBe(false);
});

test('what real operations tell is as the schema says', async () => {
  const shop = await Shop.open({ jobs: { smoke: { exitCode: 1, logs: ['404'] } } });
  const runs = [
    await upgraded({ migrate: { logs: ['one'], exitCode: 1 } }, { wait: true }),
    await upgraded({ migrate: { for: '10m' } }, { timeoutSeconds: 60 }),
    await installed([configMap('a'), job('check', { on: 'post-install' })], { check: { exitCode: 1 } }, { rollbackOnFailure: true }),
    await installed([job('check', { on: 'pre-install' }), job('tell', { on: 'on-failure' })], { check: { exitCode: 1 }, tell: { exitCode: 1 } }),
    await shop.install([deployment('web', 'web:1'), job('smoke', { on: 'test' })], { wait: true }),
    await shop.test(),
    await shop.upgrade([configMap('a')]),
    await shop.rollback(1),
    await shop.uninstall({ keepHistory: true }),
  ];
  expect(mistakes(runs.flatMap(({ events }) => events))).toEqual([]);
});

/** The properties of a type, and whether they may be absent. */
type Properties = Readonly<Record<string, boolean>>;

/** Types of the engine as the compiler knows them. */
class Declared {
  readonly #program = ts.createProgram([resolve(ROOT, 'src/lifecycle/index.ts')], { strict: true, noEmit: true, skipLibCheck: true, types: ['node'] });
  readonly #checker = this.#program.getTypeChecker();

  /** The members of a union by their kind. */
  kinds(file: string, name: string): Record<string, Properties> {
    const union = this.#type(file, name) as ts.UnionType;
    const kindOf = (type: ts.Type) => (this.#checker.getTypeOfSymbol(type.getProperty('kind')!) as ts.StringLiteralType).value;
    return Object.fromEntries(union.types.map((type) => [kindOf(type), this.#properties(type)]));
  }

  properties(file: string, name: string): Properties {
    return this.#properties(this.#type(file, name));
  }

  #properties(type: ts.Type): Properties {
    const mayBeAbsent = ({ flags }: ts.Symbol) => (flags & ts.SymbolFlags.Optional) !== 0; // eslint-disable-line no-bitwise
    return Object.fromEntries(type.getProperties().map((property) => [property.name, mayBeAbsent(property)]));
  }

  #type(file: string, name: string): ts.Type {
    const { statements } = this.#program.getSourceFile(resolve(ROOT, `src/lifecycle/${file}.ts`))!;
    const declared = statements.find((each) => (ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each)) && each.name.text === name);
    return this.#checker.getTypeAtLocation((declared as ts.InterfaceDeclaration).name);
  }
}

describe('the schema has what the types of the engine have', () => {
  const declared = new Declared();
  const inSchema = ({ properties, required }: Schema): Properties =>
    Object.fromEntries(Object.keys(properties!).map((name) => [name, !required!.includes(name)]));

  test('every kind of event, with its properties', () => {
    const events = Object.values(SCHEMA.$defs!).filter(({ properties }) => properties?.at);
    expect(Object.fromEntries(events.map((event) => [event.properties!.kind.const!, inSchema(event)]))).toEqual(declared.kinds('lifecycle-event', 'LifecycleEvent'));
  });

  test('every kind of verdict, with its properties', () => {
    const verdicts = SCHEMA.$defs!.verdict.oneOf!;
    expect(Object.fromEntries(verdicts.map((verdict) => [verdict.properties!.kind.const!, inSchema(verdict)]))).toEqual(declared.kinds('verdict', 'Verdict'));
  });

  test.each([
    ['plan', 'plan/summary', 'PlanSummary'],
    ['plannedHook', 'plan/summary', 'HookSummary'],
    ['settings', 'plan/plan-settings', 'PlanSettings'],
    ['outcome', 'outcome', 'Outcome'],
  ])('the properties of a %s', (name, file, type) => {
    expect(inSchema(SCHEMA.$defs![name])).toEqual(declared.properties(file, type));
  });
});

test('the guide has a row for every kind of event', () => {
  const guide = readFileSync(resolve(ROOT, 'docs/runner.md'), 'utf8');
  const [, table] = /^## Output for scripts\n([^]*?)\n## /m.exec(guide)!;
  expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, kind]) => kind).sort()).toEqual(Object.keys(EVERY_KIND).sort());
});
