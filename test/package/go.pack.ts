import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { run, temporaryFolder } from './packed';
import { environment, generate, shop, synthesized } from './shop';

/* The Go package as it is published: it compiles, and it says what TypeScript says. */

const folder = temporaryFolder();
const SHOP = join(folder, 'shop');

beforeAll(() => {
  generate('go', folder);
  cpSync(join(__dirname, 'go'), SHOP, { recursive: true });
});

test('the Go package compiles, and go vet finds nothing in a program that uses it', () => {
  expect(run('go', ['vet', './...', 'github.com/cdk8s-lifecycle/cdk8s-lifecycle-go/...'], { cwd: SHOP })).toBe('');
});

test('Go synthesizes the shop as TypeScript does, byte for byte', () => {
  const go = synthesized(join(folder, 'from-go'), (outdir) => run('go', ['run', '.'], { cwd: SHOP, env: environment(outdir) }));
  expect(go).toBe(synthesized(join(folder, 'from-typescript'), shop));
});
