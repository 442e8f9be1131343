import { mintText, withSamples } from '../../src/tokens';

test('where no value is known later, an object is as it will be, and is not looked through', () => {
  const object = { a: [{ b: 'text' }], c: 1 };
  expect(withSamples(object)).toBe(object);
  mintText({ label: 'tag', sample: '1.0', source: undefined });
  expect(withSamples(object)).toEqual(object);
  expect(withSamples(object)).not.toBe(object);
});
