import * as fc from 'fast-check';
import { TextFinder } from '../../src/release/text-finder';

const found = (texts: readonly string[], text: string) => new TextFinder(texts).find(text).map(([start, end]) => text.slice(start, end));

test.each<[string, string[], string, string[]]>([
  ['nothing in nothing', [], '', []],
  ['a text that is all there is', ['swordfish'], 'swordfish', ['swordfish']],
  ['each place', ['swordfish'], 'swordfish, swordfish', ['swordfish', 'swordfish']],
  ['the end', ['swordfish'], 'it is swordfish', ['swordfish']],
  ['the longest that begins at a place', ['swordfish', 'swordfishes', 'swordfishes-2'], 'swordfishes-3', ['swordfishes']],
  ['one that begins within another', ['abcdefgh', 'efghijkl'], 'abcdefghijkl', ['abcdefgh', 'efghijkl']],
  ['no shorter one', ['short'], 'short', []],
  ['not what goes on otherwise', ['swordfish'], 'swordfight', []],
  ['one whose successor in order does not fit', ['aaaaaa', 'aaaaaab'], 'aaaaaac', ['aaaaaa']],
])('it finds %s', (_case, texts, text, expected) => {
  expect(found(texts, text)).toEqual(expected);
});

test('it finds what looking for each text at each place finds', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 12 });
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  fc.assert(
    fc.property(fc.array(few, { maxLength: 20 }), fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 60 }), (texts, text) => {
      const places = Array.from({ length: text.length }, (_, start) => [start, start + longest(texts.filter((one) => text.startsWith(one, start)))]);
      expect(new TextFinder(texts).find(text)).toEqual(places.filter(([start, end]) => end > start));
    }),
  );
});
