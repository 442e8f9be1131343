import * as pulumi from '@pulumi/pulumi';
import { LateType, asSaid, late } from '../../src/pulumi/late';

describe('what is known now is given back as it is', () => {
  test.each([
    ['a text', () => late.string('a'), 'a'],
    ['an empty text', () => late.string(''), ''],
    ['a number', () => late.number(0), 0],
    ['a list', () => late.list(['a', 'b']), ['a', 'b']],
    ['a map', () => late.map({ a: 'b' }), { a: 'b' }],
  ])('%s', (_, made, expected) => {
    expect(made()).toEqual(expected);
  });
});

test.each<[string, (value: never, name: string) => unknown, unknown, string]>([
  ['a text', late.string, undefined, 'late.string(db) was given undefined; it takes a text, or an Output or a Promise of one.'],
  ['a text', late.string, 7, 'late.string(db) was given a number'],
  ['a number', late.number, '7', 'late.number(db) was given a string'],
  ['a number', late.number, NaN, 'late.number(db) was given a number; it takes a finite number'],
  ['a list', late.list, 'a', 'late.list(db) was given a string'],
  ['a list', late.list, [null], 'late.list(db) was given a list; it takes a list of texts'],
  ['a map', late.map, ['a'], 'late.map(db) was given a list'],
])('what is not %s is refused: %#', (_, made, value, message) => {
  expect(() => made(value as never, 'db')).toThrow(message);
});

test('constructs see primitives', () => {
  expect(typeof late.string(pulumi.output('a'))).toBe('string');
  expect(Number.isInteger(late.number(pulumi.output(1.5)))).toBe(true);
  expect(late.list(pulumi.output(['a', 'b']))).toEqual([expect.any(String)]);
  expect(Object.values(late.map(pulumi.output({ a: 'b' })))).toEqual(['']);
});

test.each<[LateType, unknown, string]>([
  ['string', undefined, 'db is undefined, but late.string takes a text.'],
  ['string', null, 'db is null, but late.string takes a text.'],
  ['string', 424242, 'db is a number, but late.string takes a text.'],
  ['number', '424242', 'db is a string, but late.number takes a finite number.'],
  ['number', NaN, 'db is a number, but late.number takes a finite number.'],
  ['list', ['a', 424242], 'db is a list, but late.list takes a list of texts.'],
  ['map', { a: 424242 }, 'db is a map, but late.map takes a map of texts.'],
])('an output that turns out to be no %s ends the program, and the error does not show it: %j', (type, value, message) => {
  expect(() => asSaid(type, 'db', value)).toThrow(new pulumi.RunError(message));
  expect(message).not.toContain('424242');
});

test.each<[LateType, unknown]>([['string', ''], ['number', -1.5], ['list', []], ['map', {}]])('an output that is a %s is what it is: %j', (type, value) => {
  expect(asSaid(type, 'db', value)).toBe(value);
});
