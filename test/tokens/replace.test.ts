import { TokenError, tokensIn, isToken, mintNumber, mintStructure, mintText, replaceTokens, Replacement } from '../../src/tokens';

const tag = mintText({ label: 'image.tag', sample: '2.0', source: undefined });
const replicas = mintNumber({ label: 'replicas', sample: 2, source: undefined });
const hosts = mintStructure({ label: 'hosts', source: undefined });

/** Every token as its label in angle brackets. */
const LABELS: Replacement = {
  text: (parts) => parts.map((part) => (isToken(part) ? `<${part.label}>` : part)).join(''),
  number: ({ label }) => `<number ${label}>`,
  key: (parts) => parts.map((part) => (isToken(part) ? `<${part.label}>` : part)).join(''),
};

test('texts, keys and numbers are replaced wherever they are; everything else stays', () => {
  const object = { spec: { [`k-${tag}`]: [`web:${tag}`, replicas, 80, true, null, { in: hosts }] } };
  expect(replaceTokens(object, LABELS)).toEqual({ spec: { 'k-<image.tag>': ['web:<image.tag>', '<number replicas>', 80, true, null, { in: '<hosts>' }] } });
});

test.each<[string, unknown, string[]]>([
  ['a text', { a: `x${tag}y${tag}` }, ['image.tag', 'image.tag']],
  ['a number', { a: [replicas] }, ['replicas']],
  ['a key', { [tag]: replicas }, ['image.tag', 'replicas']],
  ['a structure', [hosts], ['hosts']],
  ['nothing', { a: ['x', 1, true, null] }, []],
])('what is known later is found: %s', (_, value, labels) => {
  expect(tokensIn(value).map(({ label }) => label)).toEqual(labels);
});

test.each<[string, unknown, string]>([
  ['a number', { spec: { containers: [{ ports: [{ port: replicas + 1 }] }] } }, '/spec/containers/0/ports/0/port: 1 was added to replicas'],
  ['a text', { data: { 'a/b~c': tag.slice(0, 7) } }, '/data/a~1b~0c: a value was cut off'],
  ['a key', { data: { [tag.toUpperCase()]: 1 } }, `/data/${tag.toUpperCase()}: the case of image.tag was changed`],
])('an error says where it went wrong, as a JSON pointer: %s', (_, value, message) => {
  expect(() => replaceTokens(value, LABELS)).toThrow(TokenError);
  expect(() => replaceTokens(value, LABELS)).toThrow(message);
});

test('an error that is none of a token comes through as it is', () => {
  const broken = new RangeError('broken');
  const text = () => {
    throw broken;
  };
  expect(() => replaceTokens({ a: 'x' }, { ...LABELS, text })).toThrow(broken);
});
