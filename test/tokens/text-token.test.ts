import { TokenError, isToken, mintNumber, mintStructure, mintText, partsOf, placeholder, tokenOf } from '../../src/tokens';

const source = 'where it comes from';
const tag = mintText({ label: 'image.tag', sample: '2.0', source });
const hosts = mintStructure({ label: 'hosts', sample: [], source });
const labels = (text: string) => partsOf(text).map((part) => (isToken(part) ? { token: part.label } : part));

test('a text that carries a token is letters and digits, so it is a valid name and prints as it is', () => {
  expect(tag).toMatch(/^[a-z][a-z0-9]{11}$/);
  expect(tag).not.toBe(hosts);
});

test.each<[string, string, unknown[]]>([
  ['alone', tag, [{ token: 'image.tag' }]],
  ['in a text', `web:${tag}-debug`, ['web:', { token: 'image.tag' }, '-debug']],
  ['at the beginning', `${tag}!`, [{ token: 'image.tag' }, '!']],
  ['twice in a row', `${tag}${tag}`, [{ token: 'image.tag' }, { token: 'image.tag' }]],
  ['beside letters and digits', `x${tag}0`, ['x', { token: 'image.tag' }, '0']],
  ['a structure', hosts, [{ token: 'hosts' }]],
  ['nothing', 'web:2.0', ['web:2.0']],
  ['an empty text', '', ['']],
])('a text is found as its pieces: %s', (_, text, pieces) => {
  expect(labels(text)).toEqual(pieces);
});

test('a token says what it is', () => {
  expect(partsOf(tag)).toEqual([{ label: 'image.tag', sample: '2.0', source, shape: 'text' }]);
  expect(partsOf(hosts)).toEqual([{ label: 'hosts', sample: [], source, shape: 'structure' }]);
});

const REMEDY = 'A value is known in the release and not before, so it can only be placed whole.';

test.each<[string, string, string]>([
  ['cut at its end', `web:${tag}`.slice(0, -1), `a value was cut off: "web:${tag.slice(0, -1)}". ${REMEDY}`],
  ['cut after a few letters', tag.slice(0, 6), `a value was cut off: "${tag.slice(0, 6)}". ${REMEDY}`],
  ['without its first letter', tag.slice(1), `image.tag was cut off: "${tag.slice(1)}". ${REMEDY}`],
  ['in upper case', `WEB-${tag}`.toUpperCase(), `the case of image.tag was changed: "WEB-${tag.toUpperCase()}". ${REMEDY}`],
  ['with a capital', `${tag[0].toUpperCase()}${tag.slice(1)}`, `the case of image.tag was changed: "X${tag.slice(1)}". ${REMEDY}`],
  ['in base64', Buffer.from(tag).toString('base64'), `a value was encoded in base64: "${Buffer.from(tag).toString('base64')}". ${REMEDY}`],
  ['in base64, one byte later', Buffer.from(`-${tag}`).toString('base64'), `a value was encoded in base64: "${Buffer.from(`-${tag}`).toString('base64')}". ${REMEDY}`],
  ['in base64, two bytes later', Buffer.from(`--${tag}`).toString('base64'), `a value was encoded in base64: "${Buffer.from(`--${tag}`).toString('base64')}". ${REMEDY}`],
])('a token that a string operation has changed is refused: %s', (_, text, message) => {
  expect(() => partsOf(text)).toThrow(new TokenError(message));
});

test('a long text is told by its beginning', () => {
  expect(() => partsOf(`${'-'.repeat(100)}${tag.slice(0, 8)}`)).toThrow(`a value was cut off: "${'-'.repeat(60)}…". A value`);
});

test('a token of another process is refused', () => {
  expect(() => partsOf('web:xtok7qzzzzzx')).toThrow('"xtok7qzzzzzx" stands for a value that this process does not know');
});

test('the word that stands for a piece of a text is no token, and no text holds it by chance', () => {
  expect(placeholder(3)).toBe('xtok7q-3-x');
  expect(() => partsOf(placeholder(3))).toThrow('a value was cut off');
});

test('tokens are those of the process: another copy of the package finds them, too', () => {
  const port = mintNumber({ label: 'port', sample: 80, source });
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import('../../src/tokens')>('../../src/tokens');
    expect(other.partsOf(`web:${tag}`)).toEqual(partsOf(`web:${tag}`));
    expect(other.tokenOf(port)).toBe(tokenOf(port));
    expect(other.mintText({ label: 'other', source })).not.toBe(mintText({ label: 'mine', source }));
  });
});
