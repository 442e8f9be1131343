import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import * as ts from 'typescript';
import { main } from '../src/cli/program';

const ROOT = resolve(__dirname, '..');

/** Texts in Markdown by their path in the repository. */
type Documents = Readonly<Record<string, string>>;

function markdownBelow(folder: string): string[] {
  const entries = existsSync(join(ROOT, folder)) ? readdirSync(join(ROOT, folder), { withFileTypes: true }) : [];
  return entries.flatMap(({ name }) => {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (name.endsWith('.md')) return [path];
    return folder !== '' && name !== 'node_modules' && !name.includes('.') ? markdownBelow(path) : [];
  });
}

const documents: Documents = Object.fromEntries(
  ['', 'docs', 'examples'].flatMap(markdownBelow).map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);

/** A fenced block of code. */
interface Block {
  readonly file: string;
  /** Line of its first line of code, from 0. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** What the comment above it says that it shows: `<!-- output: COMMAND -->`. */
  readonly output?: string;
  /** The file that the comment above it says that it is: `<!-- file: PATH -->`. */
  readonly copyOf?: string;
}

/** Splits a text into its blocks of code, and the prose with empty lines in their place. */
function split(file: string, text: string): { readonly blocks: readonly Block[]; readonly prose: string } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let open: (Pick<Block, 'language' | 'output' | 'copyOf'> & { readonly fence: string; readonly indent: number; readonly code: string[] }) | undefined;
  for (const line of text.split('\n')) {
    const [, indent = '', fence, info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open && fence?.startsWith(open.fence) && info.trim() === '') {
      const { language, output, copyOf, code } = open;
      blocks.push({ file, line: prose.length - code.length, language, output, copyOf, code: code.join('\n') });
      open = undefined;
    } else if (open) {
      open.code.push(line.slice(open.indent));
    } else if (fence) {
      const output = /<!-- output: (.+) -->/.exec(prose.at(-1) ?? '')?.[1];
      const copyOf = /<!-- file: (.+) -->/.exec(prose.at(-1) ?? '')?.[1];
      open = { fence, indent: indent.length, language: info.trim().split(/\s/)[0], output, copyOf, code: [] };
    }
    prose.push(open || fence ? '' : line);
  }
  return { blocks, prose: prose.join('\n') };
}

function blocksOf(texts: Documents): Block[] {
  return Object.entries(texts).flatMap(([file, text]) => split(file, text).blocks);
}

/** The sources that the subpaths of the package are compiled from, for the examples to be checked against. */
function subpaths(): Record<string, string[]> {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: Record<string, string | { readonly types: string }> };
  const typed = Object.entries(exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [[path, target.types] as const]));
  return Object.fromEntries(typed.map(([path, types]) => [join('cdk8s-lifecycle', path), [join(ROOT, types.replace(/^\.\/lib/, 'src').replace(/\.d\.ts$/, '.ts'))]]));
}

/** Every mistake that the compiler finds in the TypeScript of the texts; each block stands for itself. */
function mistakes(texts: Documents): string[] {
  // What jsii-rosetta cannot translate, as functions and packages outside of jsii, stands in the README as tsx: it leaves that alone.
  const snippets = blocksOf(texts).filter(({ language }) => ['ts', 'tsx', 'typescript'].includes(language));
  // As modules of their own, which may await; the empty lines give every line the number that it has in its document.
  const files = new Map(snippets.map(({ file, line, code }) => [join(ROOT, `${file}.${line}.mts`), { file, text: '\n'.repeat(line) + code }]));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, language, ...rest) => {
    const snippet = files.get(path);
    return snippet ? ts.createSourceFile(path, snippet.text, language, true) : read(path, language, ...rest);
  };
  const loose = { noUnusedLocals: false, rootDir: ROOT, noEmit: true, moduleDetection: ts.ModuleDetectionKind.Force };
  const program = ts.createProgram([...files.keys()], { ...options, ...loose, types: ['node'], paths: subpaths() }, host);
  return [...files].flatMap(([path, { file }]) => {
    const source = program.getSourceFile(path)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(({ start, messageText }) => {
      const { line } = source.getLineAndCharacterOfPosition(start ?? 0);
      return `${file}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

/** What may follow `#` in a link to the text: headings as GitHub names them, and named elements. */
function anchors(file: string, text: string): string[] {
  const headings = [...split(file, text).prose.matchAll(/^#+ +(.+)$/gm)].map(([, heading]) => heading.replace(/\[(.*?)\]\(.*?\)/g, '$1'));
  const names = [...text.matchAll(/<\w+ [^>]*\b(?:id|name)="([^"]+)"/g)].map(([, name]) => name);
  return [...names, ...headings.map((heading) => heading.toLowerCase().replace(/<[^>]+>/g, '').replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-'))];
}

/** Links of the texts to files of the repository, or parts of texts, that are not there. */
function brokenLinks(texts: Documents): string[] {
  return Object.entries(texts).flatMap(([file, text]) => {
    const prose = split(file, text).prose.replace(/`[^`\n]*`/g, '');
    const targets = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|^\[[^\]]+\]: *(\S+)|<(?:a|img)\b[^>]*?(?:href|src)="([^"]+)"/gm)];
    const links = targets.map(([, inline, reference, element]) => inline ?? reference ?? element);
    return links.filter((link) => !/^[a-z][a-z+.-]*:/.test(link)).filter((link) => {
      const [path, anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!(target in texts)) return anchor !== undefined || !existsSync(join(ROOT, target));
      return anchor !== undefined && !anchors(target, texts[target]).includes(decodeURIComponent(anchor));
    }).map((link) => `${file} links to ${link}`);
  });
}

/** What the command line prints. */
async function print(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const write = (line: string) => void lines.push(line);
  await main(args, { out: write, err: write, colour: false }, '0.0.0');
  return lines.join('\n');
}

/** The commands by name, and every flag of each. */
async function commandLine(): Promise<ReadonlyMap<string, readonly string[]>> {
  const overview = await print('--help');
  const names = [...overview.slice(overview.indexOf('Commands:')).matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
  const flags = async (...args: readonly string[]) => [...(await print(...args, '--help')).matchAll(/(?<=^ {2,}(?:-\w, )?)-[-\w]+/gm)].map(([flag]) => flag);
  const commands = await Promise.all(names.filter((name) => name !== 'help').map(async (name) => [name, await flags(name)] as const));
  return new Map([...commands, ['', await flags()], ['help', []]]);
}

/** Calls of the command line in the code of the texts that it would not understand. */
async function misuses(texts: Documents): Promise<string[]> {
  const known = await commandLine();
  return Object.entries(texts).flatMap(([file, text]) => {
    const { blocks, prose } = split(file, text);
    const code = [...blocks.flatMap((block) => block.code.split('\n')), ...[...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span)];
    const calls = code.flatMap((line) => [...line.replace(/'[^']*'|"[^"]*"/g, '_').matchAll(/(?:^\s*|[|;&:]\s+|\$ |npx )cdk8s-lifecycle ([^|;&#]+(?:\|\w+)*)/g)]);
    return calls.flatMap(([, call]) => {
      const words = call.trim().split(/\s+/);
      const names = /^[a-z]/.test(words[0]) ? words[0].split('|') : [''];
      const flags = words.filter((word) => /^--?[a-zA-Z]/.test(word)).map((word) => word.replace(/=.*/, ''));
      const isFine = names.every((name) => known.has(name) && flags.every((flag) => known.get(name)!.includes(flag)));
      return isFine ? [] : [`${file}: cdk8s-lifecycle ${call.trim()}`];
    });
  });
}

test('every block of TypeScript compiles by itself', () => {
  const { 'API.md': signatures, ...written } = documents; // generated; jsii-rosetta compiles its examples
  const planted = {
    'planted-good.md': "1. A list\n   ```ts\n   import { App } from 'cdk8s';\n   import { SimulatedCluster } from 'cdk8s-lifecycle/runner';\n   await new SimulatedCluster().version();\n   new App();\n   ```",
    'planted-bad.md': 'Text\n\n~~~typescript\nconst port: number = `http`;\nnew MigrationHook();\n~~~\n\n```sh\nexit 1\n```',
  };
  expect(mistakes({ ...written, ...planted })).toEqual([
    "planted-bad.md:4 Type 'string' is not assignable to type 'number'.",
    "planted-bad.md:5 Cannot find name 'MigrationHook'.",
  ]);
});

test('what is said to be a file is that file', () => {
  const copies = blocksOf(documents).flatMap(({ file, copyOf, code }) => (copyOf === undefined ? [] : [{ file, copyOf, code }]));
  expect(copies.map(({ file, copyOf }) => [file, copyOf])).toEqual([
    ['docs/pulumi-other-languages.md', 'examples/pulumi-python/__main__.py'],
    ['docs/testing.md', 'examples/testing/shop.ts'],
  ]);
  for (const { copyOf, code } of copies) expect(code).toBe(readFileSync(join(ROOT, copyOf), 'utf8').trimEnd());
});

test('every link leads somewhere', () => {
  const planted = {
    'docs/planted.md': '## A `heading`, with marks\n[1](planted.md#a-heading-with-marks) [2](../package.json) [3](#b) [4](missing.md) <a href="gone">5</a>\n`[6](code.md)`\n\n[7]: lost.md',
  };
  const broken = ['#b', 'missing.md', 'gone', 'lost.md'].map((link) => `docs/planted.md links to ${link}`);
  expect(brokenLinks({ ...documents, ...planted })).toEqual(broken);
});

test('every call of the command line is one that it understands', async () => {
  const planted = {
    'planted-good.md': 'Say `cdk8s-lifecycle install|upgrade web - -n shop --wait`.\n```sh\nnpm install cdk8s-lifecycle cdk8s\nnpx cdk8s synth -p | cdk8s-lifecycle plan web -\n```',
    'planted-bad.md': "`cdk8s-lifecycle deploy web`\n```\n$ cdk8s-lifecycle upgrade web --app 'x --y' --atomic\n```",
  };
  expect(await misuses({ ...documents, ...planted })).toEqual(['planted-bad.md: cdk8s-lifecycle upgrade web --app _ --atomic', 'planted-bad.md: cdk8s-lifecycle deploy web']);
});

describe('README', () => {
  const helps = blocksOf({ 'README.md': documents['README.md'] }).filter(({ output }) => output?.startsWith('cdk8s-lifecycle') && output.endsWith('--help'));
  const words = (text: string) => text.split(/\s+/).filter(Boolean).join(' '); // lines end where the terminal does

  test('it is the reference of all commands', () => {
    expect(helps.map(({ output }) => output)).toContain('cdk8s-lifecycle --help');
  });

  test.each(helps.map(({ output, code }) => [output!, code]))('it shows what `%s` prints', async (command, shown) => {
    expect(words(shown)).toBe(words(await print(...command.split(' ').slice(1))));
  });
});
