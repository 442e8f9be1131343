import { OutputLogPolicy } from '../../src/hooks';
import { OUTPUT_LOG_POLICIES } from '../../src/vocabulary';

test('there is a name for every log policy that Helm knows, and for no other', () => {
  expect(Object.values(OutputLogPolicy)).toEqual([...OUTPUT_LOG_POLICIES]);
});
