import { evaluate } from '../../src/chart/evaluate';
import { Expression, ExpressionType, TextLimits, isPlain, limitsOf, typeOf } from '../../src/chart/expression';
import { action, pipeline } from '../../src/chart/helm-text';

const value = (path: string, type: ExpressionType = 'string', limits?: TextLimits): Expression => ({ kind: 'value', path: path.split('.'), type, limits });
const NAME: Expression = { kind: 'release', fact: 'Name' };

const STATE = {
  release: { Name: 'shop', Namespace: 'prod', Revision: 7, Service: 'Helm', IsInstall: false, IsUpgrade: true },
  chart: { Name: 'webapp', Version: '1.2.0+x', AppVersion: '2.0' },
  values: { tag: '1-', empty: '', count: 1e6, ratio: 1e21, yes: true, no: false, list: ['<b>', 1], map: { b: 1, a: 'x' }, deep: { 'a-b': 'c' }, nothing: null },
};

/** What an expression is in a template, and in process. */
test.each<[Expression, string, unknown]>([
  [value('tag'), '.Values.tag', '1-'],
  [value('deep.a-b'), 'index .Values `deep` `a-b`', 'c'],
  [value('count', 'integer'), 'int64 .Values.count', 1e6],
  [value('ratio', 'number'), '.Values.ratio', 1e21],
  [value('yes', 'boolean'), '.Values.yes', true],
  [value('missing.deep'), '.Values.missing.deep', null],
  [value('tag.deeper'), '.Values.tag.deeper', null],
  [NAME, '.Release.Name', 'shop'],
  [{ kind: 'release', fact: 'Revision' }, '.Release.Revision', 7],
  [{ kind: 'chart', fact: 'Version' }, '.Chart.Version', '1.2.0+x'],
  [{ kind: 'json', of: value('list', 'list') }, 'toJson .Values.list', '["\\u003cb\\u003e",1]'],
  [{ kind: 'json', of: value('map', 'map') }, 'toJson .Values.map', '{"a":"x","b":1}'],
  [{ kind: 'join', parts: ['100% ', value('count', 'integer'), ' of ', value('ratio', 'number')] }, 'printf `100%% %v of %v` (int64 .Values.count) (toJson .Values.ratio)', '100% 1000000 of 1e+21'],
  [{ kind: 'join', parts: [value('nothing'), '!'] }, 'printf `%v!` .Values.nothing', '!'],
  [{ kind: 'trunc', of: value('tag'), length: 2 }, '.Values.tag | trunc 2 | trimSuffix `-`', '1'],
  [{ kind: 'replace', of: { kind: 'chart', fact: 'Version' }, from: '+', to: '_' }, '.Chart.Version | replace `+` `_`', '1.2.0_x'],
  [{ kind: 'default', of: value('empty'), otherwise: { kind: 'join', parts: [NAME, '-x'] } }, '.Values.empty | default (printf `%v-x` .Release.Name)', 'shop-x'],
  [{ kind: 'default', of: value('tag'), otherwise: NAME }, '.Values.tag | default .Release.Name', '1-'],
  [{ kind: 'not', of: value('yes', 'boolean') }, 'not .Values.yes', false],
  [{ kind: 'all', of: [value('yes', 'boolean'), { kind: 'not', of: value('no', 'boolean') }] }, 'and .Values.yes (not .Values.no)', true],
  [{ kind: 'any', of: [value('no', 'boolean'), { kind: 'release', fact: 'IsInstall' }] }, 'or .Values.no .Release.IsInstall', false],
  [{ kind: 'filled', of: value('empty') }, 'not (empty .Values.empty)', false],
  [{ kind: 'encoded', of: { kind: 'join', parts: ['a b&', NAME] }, encoding: 'url' }, 'urlquery (printf `a b&%v` .Release.Name) | replace `+` `%20`', 'a%20b%26shop'],
])('%j is %s', (expression, template, result) => {
  expect(pipeline(expression)).toBe(template);
  expect(evaluate(expression, STATE)).toEqual(result);
});

test('a pipeline of Helm can be worked out by helm alone', () => {
  const expression: Expression = { kind: 'helm', pipeline: 'include `db.name` .' };
  expect(pipeline(expression)).toBe('include `db.name` .');
  expect(() => evaluate(expression, STATE)).toThrow('only helm can work out {{ include `db.name` . }}');
});

test.each<[Expression, string]>([
  [value('tag', 'string', { isPlain: true }), '{{ .Values.tag }}'],
  [value('tag'), '{{ include `web.text` .Values.tag }}'],
  [value('count', 'integer'), '{{ int64 .Values.count }}'],
  [value('ratio', 'number'), '{{ toJson .Values.ratio }}'],
  [NAME, '{{ .Release.Name }}'],
  [{ kind: 'json', of: value('map', 'map') }, '{{ include `web.text` (toJson .Values.map) }}'],
  [{ kind: 'join', parts: ['say "', NAME] }, 'refused'],
])('%j stands between double quotes as %s', (expression, text) => {
  if (text === 'refused') expect(() => action(expression, 'web.text')).toThrow('cannot stand in an action of a template');
  else expect(action(expression, 'web.text')).toBe(text);
});

test.each<[Expression, ExpressionType, TextLimits]>([
  [value('a', 'string', { isPlain: true, maxLength: 8 }), 'string', { isPlain: true, maxLength: 8 }],
  [value('a', 'integer'), 'integer', { isPlain: true, maxLength: 24 }],
  [NAME, 'string', { isPlain: true, maxLength: 53 }],
  [{ kind: 'join', parts: ['ab-', NAME] }, 'string', { isPlain: true, maxLength: 56 }],
  [{ kind: 'join', parts: ['"', NAME] }, 'string', { isPlain: false, maxLength: 54 }],
  [{ kind: 'join', parts: [value('a'), NAME] }, 'string', { isPlain: false, maxLength: Infinity }],
  [{ kind: 'trunc', of: value('a'), length: 63 }, 'string', { maxLength: 63 }],
  [{ kind: 'default', of: value('a', 'string', { isPlain: true, maxLength: 4 }), otherwise: NAME }, 'string', { isPlain: true, maxLength: 53 }],
  [{ kind: 'not', of: value('a', 'boolean') }, 'boolean', { isPlain: true, maxLength: 5 }],
  [{ kind: 'helm', pipeline: 'x' }, 'string', {}],
])('of %j it is known that it is a %s, and %j', (expression, type, limits) => {
  expect(typeOf(expression)).toBe(type);
  expect(limitsOf(expression)).toEqual(limits);
});

test.each<[string, boolean]>([
  ['web:2.0', true], ['a b', true], ['100%', true], ['', true], ['"', false], ['\'', false], ['\\', false], ['{', false], ['}', false], ['`', false], ['\n', false], ['ü', false],
])('%j means itself between double quotes: %s', (text, expected) => {
  expect(isPlain(text)).toBe(expected);
});
