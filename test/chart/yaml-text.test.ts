import * as fc from 'fast-check';
import { block, isBlock, quotedYaml } from '../../src/chart/yaml-text';
import { readDocuments } from '../../src/release';

function read(text: string): unknown {
  return readDocuments({ path: 'text.yaml', text })[0].value;
}

test.each<[string, string]>([
  ['say "hi"', 'say \\"hi\\"'],
  ['a\\b', 'a\\\\b'],
  ['two\nlines\tand', 'two\\nlines\\tand'],
  ['ünï 😀', 'ünï 😀'],
  ['\u0085\u2028\u200b\ufeff\u007f', '\\u0085\\u2028\\u200b\\ufeff\\u007f'],
])('%j stands between double quotes as %s', (text, quoted) => {
  expect(quotedYaml(text)).toBe(quoted);
});

test('every text between double quotes is read as itself', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    expect(read(`a: "${quotedYaml(text)}"`)).toEqual({ a: text });
  }), { numRuns: 500, seed: 20_260_101 });
});

test.each<[string, boolean]>([
  ['a\nb', true], ['a\nb\n', true], ['a\n\n  b', true], ['a', false], [' a\nb', false], ['\na', false], ['a\n\n', false], ['a\n  ', false], ['a\n\u0007b', false], ['a\r\nb', false],
])('%j can stand below its key as it is: %s', (text, expected) => {
  expect(isBlock(text)).toBe(expected);
  if (expected) expect(read(`a: ${block(text, 2)}\nb: 1\n`)).toEqual({ a: text, b: 1 });
});

test('every text that can stand below its key is read as itself', () => {
  const lines = fc.array(fc.constantFrom('', 'a', ' b', 'c: d', '# e', '- f', '---', '...', '"', '  ', '|'), { maxLength: 6 }).map((each) => each.join('\n'));
  fc.assert(fc.property(lines.filter(isBlock), (text) => {
    expect(read(`a:\n  b: ${block(text, 4)}\nc: 1\n`)).toEqual({ a: { b: text }, c: 1 });
  }), { numRuns: 500, seed: 20_260_101 });
});
