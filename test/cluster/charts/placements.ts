import { ApiObject, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as fc from 'fast-check';
import { Flag, HelmChartApp, OnlyIf, Placed, StructuredValue } from '../../../src';
import { encodedText } from '../../../src/tokens';

/** Texts that YAML, Go's templates or JSON read as something else. */
const TRAPS = [
  '', 'yes', 'no', 'null', '~', 'true', '0123', '0x1f', '1e6', '1_000', '12:30:00', '.5', '.inf', '-', '- a', 'a: b', 'a #b', '#', '&a', '*a', '!a', '%s', '%', '@', '`',
  '"', '\'', '\'"`', '\\', '\\n', 'a\\"b', '{{ .Values.x }}', '{{', '}}', '{{- "x" -}}', ' before', 'behind ', 'two\nlines', 'end\n', '\n', '\n\nx\n\n', '  a\n b', 'tab\there',
  '\r\n', 'ünï', '日本', '😀', '\u0085', '\u00a0', '\u2028', '\u200b', '\ufeff', '\u007f', '\u0007', '<a&b>', '$x', '---', '...', '? a', '| a', '> a', '[a', '{a', '<no value>',
];

const anyText = fc.oneof(
  fc.constantFrom(...TRAPS),
  fc.array(fc.constantFrom(...TRAPS), { maxLength: 3 }).map((texts) => texts.join('')),
  fc.string({ unit: 'grapheme' }),
);
/** JSON is put into templates as it is, and the parser of Go's YAML takes no control characters. */
const jsonText = anyText.filter((text) => !/[\u007f-\u009f\ufeff\ufffe\uffff]/.test(text));
const LIMITS = [0, 1, -1, 1_000_000, 10_000_000, 2 ** 31, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
const anyInteger = fc.oneof(fc.constantFrom(...LIMITS), fc.integer());
const anyNumber = fc.oneof(
  fc.constantFrom(0, 0.5, 1e6, 1e21, 1e-7, -2.5, 123456789.125),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0), // no -0
  anyInteger,
);
const jsonWith = (leaf: fc.Arbitrary<unknown>) => fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof({ maxDepth: 2 }, leaf, fc.array(tie('json'), { maxLength: 3 }), fc.dictionary(jsonText, tie('json'), { maxKeys: 3 })),
})).json;
const someJson = jsonWith(fc.oneof(jsonText, anyInteger, fc.boolean()));
const anyJson = jsonWith(fc.oneof(jsonText, anyInteger, fc.boolean(), fc.constant(null)));

/** A value as constructs get it: what stands alone, and what may be a part of a text. */
interface Value {
  readonly whole: unknown;
  readonly text: string;
  readonly flag?: Flag;
}

/** What users give, and how the app declares it. */
interface Kind {
  readonly values: fc.Arbitrary<unknown>;
  /** The values that may be a default, if not all. */
  readonly defaults?: fc.Arbitrary<unknown>;
  readonly declare: (app: HelmChartApp, path: string, defaultValue: never) => Value;
}

const alone = (whole: string | number): Value => ({ whole, text: String(whole) });
const structured = (whole: StructuredValue): Value => ({ whole, text: whole.asJson });
const flagged = (flag: Flag): Value => ({ whole: flag, text: flag.asText, flag });

export const KINDS: Readonly<Record<string, Kind>> = {
  'text': { values: anyText, declare: ({ values }, path, defaultValue) => alone(values.text(path, { defaultValue })) },
  'plain text': {
    values: fc.stringMatching(/^[a-z0-9.-]{0,20}$/),
    declare: ({ values }, path, defaultValue) => alone(values.text(path, { defaultValue, pattern: '^[a-z0-9.-]*$' })),
  },
  'text with a fallback': {
    values: fc.oneof(fc.constant(''), anyText),
    declare: ({ values, appVersion }, path, defaultValue) => alone(values.text(path, { defaultValue, fallback: `v${appVersion}` })),
  },
  'integer': { values: anyInteger, declare: ({ values }, path, defaultValue) => alone(values.integer(path, { defaultValue })) },
  'number': { values: anyNumber, declare: ({ values }, path, defaultValue) => alone(values.number(path, { defaultValue })) },
  'seconds': { values: fc.nat(), declare: ({ values }, path, defaultValue) => alone(values.seconds(path, { defaultValue }).toSeconds()) },
  'mebibytes': { values: fc.nat(), declare: ({ values }, path, defaultValue) => alone(values.mebibytes(path, { defaultValue }).toMebibytes()) },
  'flag': { values: fc.boolean(), declare: ({ values }, path, defaultValue) => flagged(values.flag(path, { defaultValue })) },
  'flags together': {
    values: fc.boolean(),
    declare: ({ values, release }, path, defaultValue) => {
      const negated = values.flag(path, { defaultValue }).negated;
      return flagged(Flag.any([Flag.all([negated, release.isInstall]), release.isUpgrade]));
    },
  },
  'choice by a flag': {
    values: fc.boolean(),
    declare: ({ values, release }, path, defaultValue) => alone(values.flag(path, { defaultValue }).choose(`'a' %v ${release.name}`, `{{ ${values.text(`${path}text`, { defaultValue: '\\"' })}`)),
  },
  'list': {
    values: fc.array(anyJson, { maxLength: 4 }),
    defaults: fc.array(someJson, { maxLength: 4 }),
    declare: ({ values }, path, defaultValue) => structured(values.list(path, { defaultValue })),
  },
  'mapping': {
    values: fc.dictionary(jsonText, anyJson, { maxKeys: 4 }),
    defaults: fc.dictionary(jsonText, someJson, { maxKeys: 4 }),
    declare: ({ values }, path, defaultValue) => structured(values.mapping(path, { defaultValue })),
  },
  'release': { values: fc.constant(undefined), declare: ({ release }) => ({ whole: release.revision, text: `${release.name}.${release.namespaceName}.${release.revision}` }) },
  'chart': { values: fc.constant(undefined), declare: ({ chartVersion, appVersion }) => alone(`${chartVersion}+${appVersion}`) },
};

const thing = (chart: Chart, id: string, more: object) => new ApiObject(chart, id, { apiVersion: 'example.com/v1', kind: 'Thing', ...more });

/** Names are letters, digits and dashes; and only a truth is a condition. */
export function fits(kind: string, position: string): boolean {
  if (position === 'among others') return ['list', 'mapping'].includes(kind);
  if (position === 'a name') return !['text', 'text with a fallback', 'choice by a flag', 'list', 'mapping'].includes(kind);
  return position !== 'a condition' || kind.startsWith('flag');
}

/** Where a value may stand. */
export const POSITIONS: Readonly<Record<string, (chart: Chart, id: string, value: Value) => unknown>> = {
  'a field': (chart, id, { whole }) => thing(chart, id, { spec: { deep: { field: whole }, after: 1 } }),
  'a part of a text': (chart, id, { text }) => thing(chart, id, { spec: { field: `before '${text}" {{ x }} <no value> ${text}`, foreign: '<no value>' } }),
  'an item': (chart, id, { whole }) => thing(chart, id, { spec: { items: [1, whole, { in: [whole] }] } }),
  'a key': (chart, id, { text }) => thing(chart, id, { spec: { [`k-${text}`]: { a: 1, b: 2 } } }),
  'an annotation': (chart, id, { text }) => thing(chart, id, { metadata: { annotations: { 'example.com/value': text, 'example.com/other': 'yes' } } }),
  'lines': (chart, id, { text }) => new kplus.ConfigMap(chart, id, { data: { 'app.conf': `# {{ .Labels }}\nvalue = ${text};\nlast = 1\n`, 'end': `a\n${text}` } }),
  'a name': (chart, id, { text }) => thing(chart, id, { metadata: { name: `${id}-${text}` }, spec: { ref: `${id}-${text}` } }),
  'a condition': (chart, id, { flag }) => thing(chart, id, { spec: {} }).with(OnlyIf.of(flag!)),
  'a field under a condition': (chart, id, { whole, text, flag = Flag.notEmpty(text) }) => {
    const object = thing(chart, id, { spec: { list: [{ field: whole, yes: { inside: [whole, { deep: whole, beside: 1 }] }, after: 1 }] } });
    Placed.onlyIf(object, '/spec/list/0/yes/inside/1/deep', flag.negated);
    Placed.onlyIf(object, '/spec/list/0/field', flag);
    Placed.onlyIf(object, '/spec/list/0/yes', flag);
  },
  'JSON in a text': (chart, id, { text }) => thing(chart, id, { spec: { body: `{"text":"made of ${encodedText(text, 'json')}"}` } }),
  'a part of a URL': (chart, id, { text }) => thing(chart, id, { spec: { url: `https://example.com/${encodedText(text, 'url')}?q=${encodedText(text, 'url')}` } }),
  'among others': (chart, id, { whole }) => {
    const object = thing(chart, id, { spec: { list: [1, [2], { a: [3] }], map: { yes: 'own', own: 1, zone: { a: [4] } }, none: [{ deep: { list: [1], map: { '~': 1 } } }] } });
    const value = whole as StructuredValue;
    const [inner, outer] = value._isList ? ['list', 'list'] : ['map', 'map'];
    Placed.among(object, `/spec/${outer}`, value);
    Placed.among(object, `/spec/none/0/deep/${inner}`, value);
    Placed.among(object, '/spec/more', value);
  },
  'a checksum': (chart, id, { whole, text }) => {
    const object = thing(chart, `${id}-config`, { spec: { text: `"${text}"`, whole, [`k-${text}`]: [`{{ ${text}`] } });
    Placed.checksum(new kplus.Deployment(chart, id, { containers: [{ image: 'web' }] }), object);
  },
  'a typed field': (chart, id, { whole }) =>
    Placed.at(new kplus.Deployment(chart, id, { containers: [{ image: 'web' }] }), '/spec/template/spec/tolerations', whole),
};
