import { defined } from '../../src/hooks/defined';

test('what is undefined hides no default', () => {
  const props: { image?: string; retries?: number; name?: string } = { image: undefined, retries: 0, name: '' };
  expect({ image: 'a', retries: 3, ...defined(props) }).toEqual({ image: 'a', retries: 0, name: '' });
});
