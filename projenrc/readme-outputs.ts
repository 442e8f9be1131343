import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/** Puts what commands print now into the README, below each comment `<!-- output: COMMAND -->`. The tests check that it is so. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  'npm run demo': ['node_modules/.bin/ts-node', '--transpile-only', 'projenrc/run-example.ts', 'examples/webapp/demo.ts'],
  'cdk8s-lifecycle --help': ['bin/cdk8s-lifecycle.js', '--help'],
  'cdk8s-lifecycle upgrade --help': ['bin/cdk8s-lifecycle.js', 'upgrade', '--help'],
};

let readme = readFileSync('README.md', 'utf8');
for (const [name, [program, ...args]] of Object.entries(COMMANDS)) {
  const output = execFileSync(process.execPath, [program, ...args], { encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } }).trimEnd();
  const block = new RegExp(`(<!-- output: ${name} -->\n\`\`\`\n)[^]*?(?=\`\`\`)`);
  if (!block.test(readme)) throw new Error(`README.md has no block for the output of ${name}`);
  readme = readme.replace(block, (_, head: string) => `${head}${output}\n`);
}
writeFileSync('README.md', readme);
