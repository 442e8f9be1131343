import { Streams } from '../../src/cli/output';
import { OperationReporter, Progress, openReporter } from '../../src/cli/reporter';
import { LiveReporter, Terminal } from '../../src/report';

const nothing = () => () => undefined;
const SPACE = { columns: 80, rows: 24, widthOf: ({ length }: string) => length };
const TERMINAL: Terminal = { space: () => SPACE, write: () => undefined, onResize: nothing, onExit: nothing };

let opened: OperationReporter | undefined;

afterEach(() => {
  opened?.close();
  opened = undefined;
});

function open(progress: Progress, where: Partial<Streams>, output: 'text' | 'json' = 'text'): OperationReporter {
  opened = openReporter({ output, progress }, { out: () => undefined, err: () => undefined, colour: false, ...where });
  return opened;
}

test.each<[string, Progress, Partial<Streams>, 'text' | 'json', boolean]>([
  ['people watch a terminal', 'auto', { terminal: TERMINAL }, 'text', true],
  ['a CI system records a terminal', 'auto', { terminal: TERMINAL, unattended: true }, 'text', false],
  ['a CI system records a terminal', 'live', { terminal: TERMINAL, unattended: true }, 'text', true],
  ['people watch a terminal', 'plain', { terminal: TERMINAL }, 'text', false],
  ['people watch a terminal', 'auto', { terminal: TERMINAL }, 'json', false],
  ['there is no terminal', 'auto', {}, 'text', false],
])('where %s, --progress %s with %j and -o %s is live: %s', (_case, progress, where, output, isLive) => {
  expect(open(progress, where, output) instanceof LiveReporter).toBe(isLive);
});

test.each<[Partial<Streams>, 'text' | 'json', RegExp]>([
  [{}, 'text', /^--progress live needs a terminal/],
  [{ terminal: TERMINAL }, 'json', /^--progress live and --output json exclude each other/],
])('--progress live with %j and -o %s is refused', (where, output, message) => {
  expect(() => open('live', where, output)).toThrow(message);
});

test('what the command has to say beside plain lines goes to standard error', () => {
  const err = jest.fn();
  open('plain', { err }).note('stopping');
  expect(err).toHaveBeenCalledWith('stopping');
});
