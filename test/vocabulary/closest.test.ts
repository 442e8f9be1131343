import { closest } from '../../src/vocabulary/closest';

test.each([
  ['pre-instal', 'pre-install'],
  ['preinstall', 'pre-install'],
  ['pre-intsall', 'pre-install'],
  ['post-upgrde', 'post-upgrade'],
  ['x', undefined],
  ['crd-install-first', undefined],
])('"%s" was probably meant as %p', (word, guess) => {
  expect(closest(word, ['pre-install', 'post-upgrade'])).toBe(guess);
});

test('a very long word was meant as nothing', () => {
  expect(closest('y'.repeat(10_000), ['pre-install', 'post-upgrade'])).toBeUndefined();
});

test('among no candidates there is none', () => {
  expect(closest('a', [])).toBeUndefined();
});
