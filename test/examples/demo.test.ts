import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

test('the demo prints what the README shows', () => {
  const shown = /<!-- output: npm run demo -->\n```\n([^]*?)```/.exec(readFileSync(resolve(ROOT, 'README.md'), 'utf8'))?.[1];
  const args = [resolve(ROOT, 'node_modules/.bin/ts-node'), '--transpile-only', 'projenrc/run-example.ts', 'examples/webapp/demo.ts'];
  expect(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })).toBe(shown);
});
