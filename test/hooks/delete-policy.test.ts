import { DeletePolicy } from '../../src/hooks';
import { DELETE_POLICIES } from '../../src/vocabulary';

test('there is a name for every delete policy that Helm knows, and for no other', () => {
  expect(Object.values(DeletePolicy)).toEqual([...DELETE_POLICIES]);
});
