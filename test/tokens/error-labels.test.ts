import { mintNumber, mintText, withLabels } from '../../src/tokens';

const text = mintText({ label: 'image.tag', source: {} });
const number = mintNumber({ label: 'port', source: {}, sample: 80 });

test.each([
  ['a text', `tag ${text} is bad`, 'tag image.tag is bad'],
  ['a number, and says what to do', `${number} is no port.`, 'port is no port. Do that.'],
])('an error says what a token is called: %s', (_, message, expected) => {
  const error = new Error(message);
  expect(withLabels(error, 'Do that.')).toMatchObject({ message: expected, cause: error });
});

test.each([['no token', 'all is well'], ['a token that did not come through whole', text.toUpperCase()]])('an error with %s is what it was', (_, message) => {
  const error = new Error(message);
  expect(withLabels(error, 'Do that.')).toBe(error);
});
