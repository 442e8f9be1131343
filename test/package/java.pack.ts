import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { filesBelow, run, temporaryFolder } from './packed';
import { environment, generate, shop, synthesized } from './shop';

/* The Java package as it is published: it compiles, and it says what TypeScript says. */

const folder = temporaryFolder();
const MAIN = join(folder, 'java/src/main');
const CLASSES = join(folder, 'classes');
const CLASSPATH = [CLASSES, join(folder, 'lib/*')].join(delimiter);

beforeAll(() => {
  generate('java', folder);
  run('mvn', ['--batch-mode', '--quiet', '--file', join(__dirname, 'java/pom.xml'), 'dependency:copy-dependencies', `-DoutputDirectory=${join(folder, 'lib')}`], { cwd: folder });
});

test('the Java package compiles, and so does a program that uses it', () => {
  const sources = filesBelow(MAIN).filter((file) => file.endsWith('.java')).map((file) => join(MAIN, file));
  writeFileSync(join(folder, 'sources'), [...sources, join(__dirname, 'java/Shop.java')].join('\n'));
  mkdirSync(CLASSES);
  expect(run('javac', ['-nowarn', '-Xlint:none', '-d', CLASSES, '-cp', CLASSPATH, `@${join(folder, 'sources')}`], { cwd: folder })).toBe('');
});

test('Java synthesizes the shop as TypeScript does, byte for byte', () => {
  cpSync(join(MAIN, 'resources'), CLASSES, { recursive: true });
  const java = synthesized(join(folder, 'from-java'), (outdir) => run('java', ['-cp', CLASSPATH, 'Shop'], { cwd: folder, env: environment(outdir) }));
  expect(java).toBe(synthesized(join(folder, 'from-typescript'), shop));
});
