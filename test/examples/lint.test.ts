import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lint } from '../../src/lint';
import { documentsOf } from '../../src/validation';

const EXAMPLES = resolve(__dirname, '../../examples');
const programs = readdirSync(EXAMPLES).map((name) => [name, join(EXAMPLES, name, 'main.ts')] as const).filter(([, path]) => existsSync(path));

/** What a program synthesizes: manifests, or a chart with templates. */
function manifests(path: string): string {
  const output = mkdtempSync(join(tmpdir(), 'example-'));
  process.env.CDK8S_OUTDIR = output;
  try {
    jest.isolateModules(() => void jest.requireActual(path));
    const folder = existsSync(join(output, 'Chart.yaml')) ? join(output, 'templates') : output;
    return readdirSync(folder).filter((name) => name.endsWith('.yaml')).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n---\n');
  } finally {
    delete process.env.CDK8S_OUTDIR;
    rmSync(output, { recursive: true });
  }
}

test('there are examples', () => {
  expect(programs.map(([name]) => name)).toContain('webapp');
});

// Helm renders what an example leaves to it.
test.each(programs)('no rule finds fault with %s', (_, path) => {
  const documents = documentsOf([{ path: 'app.yaml', text: manifests(path) }]);
  expect(documents.length).toBeGreaterThan(0);
  expect(lint(documents, { rendered: false })).toEqual([]);
});
