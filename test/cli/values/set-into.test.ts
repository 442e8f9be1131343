import { JSON_VALUES, LITERAL, Notation, TEXTS, TYPED } from '../../../src/cli/values/notations';
import { setInto } from '../../../src/cli/values/set-into';
import { Values } from '../../../src/vocabulary';

function set(text: string, notation: Notation, values: Values = {}): Values {
  setInto(values, text, notation);
  return values;
}

// pkg/strvals/parser_test.go, and what helm 3 and 4 print.
test.each<[string, Values]>([
  ['', {}],
  ['name=value', { name: 'value' }],
  ['a=1,b=-5,c=+7,d=0', { a: 1, b: -5, c: 7, d: 0 }],
  ['a=012,b=0x1,c=1.5,d=1e3,e=1_000', { a: '012', b: '0x1', c: '1.5', d: '1e3', e: '1_000' }],
  ['a=-012,b=-0', { a: -12, b: 0 }],
  ['big=9007199254740993,least=-9223372036854775808', { big: 9007199254740993n, least: -9223372036854775808n }],
  ['over=9223372036854775808', { over: '9223372036854775808' }],
  ['a=true,b=False,c=NULL,d=yes', { a: true, b: false, c: null, d: 'yes' }],
  ['a=,b=', { a: '', b: '' }],
  ['a.b.c=1,a.b.d=2', { a: { b: { c: 1, d: 2 } } }],
  ['a\\.b=1', { 'a.b': 1 }],
  ['a=one\\,two', { a: 'one,two' }],
  ['a=C:\\\\temp', { a: 'C:\\temp' }],
  ['a=b=c', { a: 'b=c' }],
  ['a={1,x,true}', { a: [1, 'x', true] }],
  ['a={}', { a: [''] }],
  ['a={x},b=2', { a: ['x'], b: 2 }],
  ['a={x\\,y\\}}', { a: ['x,y}'] }],
  ['a[0]=x,a[2]=z', { a: ['x', null, 'z'] }],
  ['a[1].b=1,a[0].c=2', { a: [{ c: 2 }, { b: 1 }] }],
  ['a[0][1]=x', { a: [[null, 'x']] }],
  ['a[0]={1,2}', { a: [[1, 2]] }],
  ['a[0].b=', { a: [] }], // so it is: the item is forgotten
  ['a[0]=', { a: [''] }],
  ['a[0]', { a: [] }],
  ['=1,b=2', { b: 2 }],
  ['[0]=1', {}],
  ['a.', {}],
  ['__proto__.x=1,constructor=2', JSON.parse('{"__proto__":{"x":1},"constructor":2}') as Values],
  ['ключ=знач,emoji=🎉', { ключ: 'знач', emoji: '🎉' }],
])('--set %s', (text, expected) => {
  expect(set(text, TYPED)).toEqual(expected);
});

test.each<[string, string]>([
  ['a', 'the text ends in a name without a value'],
  ['a=1,b', 'the text ends in a name without a value'],
  ['a,b=1', 'a name without a value ends at character 2'],
  ['a={1', 'a list is not closed'],
  ['a[', 'an index is not closed'],
  ['a[x]=1', 'is no number'],
  ['a[]=1', 'is no number'],
  ['a[-1]=1', 'an index is negative'],
  ['a[65537]=1', 'an index is greater than 65536'],
  ['a[0]x=1', 'something stands between an index and what follows it'],
  ['a.=1', 'the map "a" gets no value'],
  ['a=1,a.b=1', '"a" holds a value already that is no map'],
  ['a=null,a.b=1', '"a" holds a value already that is no map'],
  ['a=1,a[0]=1', '"a" holds a value already that is no list'],
  ['a[0]=1,a[0][0]=1', 'an index stands behind an item that is no list'],
  [`${'a.'.repeat(31)}b=1`, 'a name has more than 30 dots'],
  [`a${'[0]'.repeat(101)}=1`, 'lists are nested more than 100 levels deep'],
])('--set %s is refused', (text, message) => {
  expect(() => set(text, TYPED)).toThrow(message);
});

test('names with thirty dots are taken', () => {
  expect(JSON.stringify(set(`${'a.'.repeat(30)}b=1`, TYPED))).toContain('{"b":1}');
});

test('what is said later counts, within what is there', () => {
  expect(set('a.b=2,l[1]=y', TYPED, { a: { b: 1, c: 1 }, l: ['x', 'x', 'x'] })).toEqual({ a: { b: 2, c: 1 }, l: ['x', 'y', 'x'] });
});

test.each<[string, Values]>([
  ['a=1,b=true,c=null,d={1,x}', { a: '1', b: 'true', c: 'null', d: ['1', 'x'] }],
])('--set-string %s', (text, expected) => {
  expect(set(text, TEXTS)).toEqual(expected);
});

test.each<[string, Values]>([
  ['a=1,b=1.5,c=1e6', { a: 1, b: 1.5, c: 1e6 }],
  ['a={"x":[1,"}"]},b="q\\"uote, {",c=null', { a: { x: [1, '}'] }, b: 'q"uote, {', c: null }],
  ['a[1]=[1] , b.c = true', { 'a': [null, [1]], ' b': { 'c ': true } }],
  ['a=,b=  ,c= 1', { a: null, b: null, c: 1 }],
  ['a=9007199254740993', { a: 9007199254740992 }],
])('--set-json %s', (text, expected) => {
  expect(set(text, JSON_VALUES)).toEqual(expected);
});

test.each(['a=text', 'a={"x":1', 'a="x', 'a=[1}', 'a=1e999', 'a={"x":1}}'])('--set-json %s is refused', (text) => {
  expect(() => set(text, JSON_VALUES)).toThrow();
});

test.each<[string, Values]>([
  ['a=1,b={x}\\,', { a: '1,b={x}\\,' }],
  ['a.b[1].c=true', { a: { b: [null, { c: 'true' }] } }],
  ['a\\.b=1', { 'a\\': { b: '1' } }],
  ['a=', { a: '' }],
])('--set-literal %s', (text, expected) => {
  expect(set(text, LITERAL)).toEqual(expected);
});

test('no error quotes what may be a password', () => {
  const texts = ['pass=one,SECRET', 'pass={SECRET', 'pass=1,SECRET,x=1', 'SECRET', 'a[SECRET]=1'];
  for (const text of texts) expect(() => set(text, TYPED)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('SECRET') as string }));
  expect(() => set('a=SECRET', JSON_VALUES)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('SECRET') as string }));
});
