import { load } from 'js-yaml';
import { KUBERNETES_SCHEMA } from '../../src/release/yaml-schema';

const read = (text: string) => load(text, { schema: KUBERNETES_SCHEMA });

// Each row was put to sigs.k8s.io/yaml 1.6.0.
test.each<[string, unknown]>([
  ['yes', true],
  ['Yes', true],
  ['YES', true],
  ['y', true],
  ['on', true],
  ['true', true],
  ['no', false],
  ['n', false],
  ['N', false],
  ['off', false],
  ['OFF', false],
  ['yEs', 'yEs'],
  ['tRue', 'tRue'],
  ['~', null],
  ['', null],
  ['null', null],
  ['Null', null],
  ['nULL', 'nULL'],
  ['0', 0],
  ['-0', 0],
  ['+1', 1],
  ['-12', -12],
  ['0123', 83],
  ['-0123', -83],
  ['007', 7],
  ['0777', 511],
  ['0o17', 15],
  ['0O17', 15],
  ['-0o17', -15],
  ['0x1F', 31],
  ['-0x1F', -31],
  ['0xg', '0xg'],
  ['0b11', 3],
  ['-0b11', -3],
  ['0b12', '0b12'],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_', 1],
  ['_1', '_1'],
  ['089', 89],
  ['-089', -89],
  ['08.5', 8.5],
  ['1e3', 1000],
  ['1E3', 1000],
  ['1e', '1e'],
  ['1.5e', '1.5e'],
  ['1e400', '1e400'],
  ['1e-400', 0],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['5.', 5],
  ['.', '.'],
  ['._5', '._5'],
  ['1.10', 1.1],
  ['1.2.3', '1.2.3'],
  ['v1.2', 'v1.2'],
  ['.inf', Infinity],
  ['-.INF', -Infinity],
  ['.NaN', NaN],
  ['.iNf', '.iNf'],
  ['Infinity', 'Infinity'],
  ['NaN', 'NaN'],
  ['2020-01-01', '2020-01-01'],
  ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z'],
  ['1:20', '1:20'],
  ['190:20:30', '190:20:30'],
  ['"yes"', 'yes'],
  ["'1'", '1'],
  ['!!int "3"', 3],
  ['!!int "0o17"', 15],
  ['!!float 3', 3],
  ['!!bool "yes"', true],
  ['!!str 3', '3'],
  ['!!str ~', '~'],
  ['!!null ""', null],
])('the scalar %s is %p', (text, value) => {
  expect(read(`a: ${text}`)).toEqual({ a: value });
});

test.each(['!!int "x"', '!!bool "x"', '!!int 1.5', '@x', '"\\q"'])('the scalar %s is refused', (text) => {
  expect(() => read(`a: ${text}`)).toThrow();
});

test.each([
  ['x: &x {a: 1, b: 2}\nw: {<<: *x, b: 3}', { x: { a: 1, b: 2 }, w: { a: 1, b: 3 } }],
  ['x: &x {a: 1}\nw: {b: 3, <<: *x, a: 2}', { x: { a: 1 }, w: { a: 2, b: 3 } }],
  ['x: &x {a: 1}\nz: &z {a: 2, c: 1}\nw: {<<: [*x, *z]}', { x: { a: 1 }, w: { a: 1, c: 1 }, z: { a: 2, c: 1 } }],
  ['x: &x [1]\nw: *x', { x: [1], w: [1] }],
])('merge keys and aliases of %j resolve', (text, value) => {
  expect(read(text)).toEqual(value);
});

test.each([
  ['1: a', { 1: 'a' }],
  ['yes: a', { true: 'a' }],
  ['0x1F: a', { 31: 'a' }],
  ['2020-01-01: a', { '2020-01-01': 'a' }],
])('the key of %s becomes a string', (text, value) => {
  expect(read(text)).toEqual(value);
});
