import { goJson, goLiteral } from '../../src/chart/go-text';

test.each([['a"b'], ['a`b'], ['a\\b'], ['a\nb'], ['a\rb']])('%j cannot stand in an action: no quotes of Go are left that YAML would not see', (text) => {
  expect(() => goLiteral(text)).toThrow(`${JSON.stringify(text)} cannot stand in an action of a template: it holds a backtick, a double quote, a backslash or a line break`);
});

test('texts in actions are between backticks, as they are', () => {
  expect(goLiteral('it\'s 100% {{ ü }}')).toBe('`it\'s 100% {{ ü }}`');
});

test('JSON is written as Go writes it: keys sorted by their bytes, HTML escaped', () => {
  expect(goJson({ b: '<a&b>\u2028', a: [1e21, 1e-7, null, true], é: {}, Z: '"' })).toBe('{"Z":"\\"","a":[1e+21,1e-7,null,true],"b":"\\u003ca\\u0026b\\u003e\\u2028","é":{}}');
});
