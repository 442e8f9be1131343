import { shellWords } from '../../src/cli/shell-words';
import { UsageError } from '../../src/cli/usage-error';

test.each<[string, string[]]>([
  ['npx ts-node main.ts', ['npx', 'ts-node', 'main.ts']],
  ['  a\t b\nc  ', ['a', 'b', 'c']],
  ["a 'b c'", ['a', 'b c']],
  ['a "b c"', ['a', 'b c']],
  ['a b\\ c', ['a', 'b c']],
  ["a''b", ['ab']],
  ["'' \"\"", ['', '']],
  ["--x='a b'c", ['--x=a bc']],
  ["'a\"b' \"a'b\"", ['a"b', "a'b"]],
  ["'a\\b'", ['a\\b']],
  ['"a\\"b\\\\c\\$d\\`e"', ['a"b\\c$d`e']],
  ['"a\\nb"', ['a\\nb']],
  ['"a\\\nb"', ['ab']],
  ['\\a\\"\\\'', ['a"\'']],
  ['a\\\nb', ['ab']],
  ['a \\\n b', ['a', 'b']],
  ['echo $HOME *.ts | cat; a > b & #c ~', ['echo', '$HOME', '*.ts', '|', 'cat;', 'a', '>', 'b', '&', '#c', '~']],
  ['größe 😀', ['größe', '😀']],
])('%j is split as a shell would: %j', (command, words) => {
  expect(shellWords(command)).toEqual(words);
});

test.each(["a 'b", 'a "b', 'a\\', "'", '"a\\"'])('%j is no command', (command) => {
  expect(() => shellWords(command)).toThrow(new UsageError(`the command ${JSON.stringify(command)} has a quote that is not closed, or ends in a backslash`));
});

test.each(['', '  \n'])('%j is empty', (command) => {
  expect(() => shellWords(command)).toThrow(new UsageError('the command is empty'));
});
