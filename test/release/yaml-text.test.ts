import { readDocuments } from '../../src/release';
import { yamlText } from '../../src/release/yaml-text';

test('integers are written with all of their digits, and read back', () => {
  const value = { id: 9007199254740993n, small: 5, ratio: 0.5, ids: [-9223372036854775808n] };
  const text = yamlText(value);
  expect([text, readDocuments({ path: 'a.yaml', text })[0].value]).toEqual(['id: 9007199254740993\nsmall: 5\nratio: 0.5\nids:\n  - -9223372036854775808\n', value]);
});
