import { isReleaseName } from '../../src/release';

test.each(['a', '1', 'web', 'web-2', 'a.b', 'a-b.c-d', 'a--b', '0.1', 'x'.repeat(53)])('"%s" is a release name', (name) => {
  expect(isReleaseName(name)).toBe(true);
});

test.each(['', '-', '-a', 'a-', '.a', 'a.', 'a..b', 'a.-b', 'a-.b', 'Web', 'a_b', 'a b', 'a/b', 'é', 'web\n', '{{ x }}', 'x'.repeat(54)])('%j is no release name', (name) => {
  expect(isReleaseName(name)).toBe(false);
});
