import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/* What runs in containers is read by every shell that may be there, and by shellcheck. */

const FOLDER = join(__dirname, '../../src/hooks/scripts');
const SCRIPTS = readdirSync(FOLDER).filter((file) => file.endsWith('.sh')).map((file) => join(FOLDER, file));

function complaints(...command: readonly string[]): string {
  const { error, stdout, stderr } = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  if (error) throw error;
  return stdout + stderr;
}

test.each([['dash'], ['bash', '--posix'], ['busybox', 'sh']])('%s can read every script', (...shell) => {
  expect(SCRIPTS.map((file) => complaints(...shell, '-n', file)).join('')).toBe('');
});

test('shellcheck finds nothing', () => {
  expect(complaints('shellcheck', '--shell=sh', ...SCRIPTS)).toBe('');
});
