import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve, sep } from 'node:path';
import * as ts from 'typescript';

/** What a room may import beside its own files and the vocabulary, which is everybody's. */
interface Room {
  readonly rooms?: readonly string[];
  /** Rooms of which it may import types and nothing else: those that its data comes from. */
  readonly typesOf?: readonly string[];
  readonly packages?: readonly string[];
  readonly node?: readonly string[];
}

const CONSTRUCTS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];
const ANY_NODE = ['*'];

/** The house: folders and files of src. */
const ROOMS: Readonly<Record<string, Room>> = {
  'index': { rooms: ['hooks', 'chart', 'lint', 'validation'] },
  'runner': { rooms: ['release', 'lifecycle', 'cluster', 'cluster/kubernetes', 'cluster/simulated', 'report'] },
  'vocabulary': {},
  'release': { packages: ['js-yaml'], node: ['zlib', 'crypto'] },
  'lint': { rooms: ['tokens'], typesOf: ['release'] },
  'validation': { rooms: ['lint', 'release'], node: ['fs', 'path'] },
  'tokens': {},
  'hooks': { rooms: ['lint', 'tokens'], packages: CONSTRUCTS },
  'chart': { rooms: ['lint', 'tokens'], packages: CONSTRUCTS, node: ['crypto', 'fs', 'path'] },
  'cluster': {},
  'cluster/kubernetes': { rooms: ['cluster'], packages: ['@kubernetes/client-node'], node: ANY_NODE },
  'cluster/simulated': { rooms: ['cluster'] },
  'lifecycle': { rooms: ['release', 'cluster'] },
  'report': { rooms: ['lifecycle'], typesOf: ['release', 'cluster'], packages: ['diff'] },
  'cli': {
    rooms: ['release', 'lint', 'validation', 'tokens', 'hooks', 'chart', 'cluster', 'cluster/kubernetes', 'cluster/simulated', 'lifecycle', 'report', 'testing'],
    packages: ['commander', 'string-width', 'ajv'],
    node: ANY_NODE,
  },
  'pulumi': {
    rooms: ['lifecycle', 'release', 'cluster/kubernetes', 'tokens', 'report'],
    typesOf: ['cluster'],
    packages: ['cdk8s', 'constructs', '@pulumi/*'],
    node: ANY_NODE,
  },
  'testing': { rooms: ['lifecycle', 'release', 'cluster/simulated', 'report'], typesOf: ['chart', 'cluster'], packages: ['cdk8s', 'constructs'] },
};

/** Files by their path below src, such as `release/hook.ts`. */
type Sources = Readonly<Record<string, string>>;

interface Import {
  readonly from: string;
  readonly specifier: string;
  /** The file below src that it means; absent where it leaves src. */
  readonly file?: string;
  readonly typesOnly: boolean;
}

const OPTIONS: ts.CompilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, noLib: true, types: [] };
const ROOT = '/src/';

function hostOf(sources: Sources): ts.CompilerHost {
  const read = (path: string): string | undefined => sources[path.slice(ROOT.length)];
  return {
    getSourceFile: (path) => (read(path) === undefined ? undefined : ts.createSourceFile(path, read(path)!, ts.ScriptTarget.ES2022, true)),
    readFile: read,
    fileExists: (path) => read(path) !== undefined,
    writeFile: () => undefined,
    getDefaultLibFileName: () => 'lib.d.ts',
    getCurrentDirectory: () => ROOT,
    getCanonicalFileName: (path) => path,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  };
}

function has(symbol: ts.Symbol, flags: ts.SymbolFlags): boolean {
  return (symbol.flags & flags) !== 0; // eslint-disable-line no-bitwise
}

/** Whether a call of it loads a module: `import`, `require`, `require.resolve`. */
function isLoading(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || /^(module\.)?require(\.|$)/.test(callee.getText());
}

/** Every import of every source: declarations, re-exports, `import()`, `require()`, `import('…').Type`, references. */
function importsOf(sources: Sources): Import[] {
  const host = hostOf(sources);
  const program = ts.createProgram(Object.keys(sources).map((path) => ROOT + path), OPTIONS, host);
  const checker = program.getTypeChecker();
  const found: Import[] = [];

  const isType = (name: ts.Node): boolean => {
    const symbol = checker.getSymbolAtLocation(name);
    const target = symbol && has(symbol, ts.SymbolFlags.Alias) ? checker.getAliasedSymbol(symbol) : symbol;
    return target !== undefined && !has(target, ts.SymbolFlags.Value);
  };
  const areTypes = (clause: ts.ImportClause | ts.ExportDeclaration | undefined): boolean => {
    if (!clause) return false; // import './for-its-effects'
    if (clause.isTypeOnly) return true;
    if (ts.isImportClause(clause) && clause.name && !isType(clause.name)) return false;
    const bindings = ts.isImportClause(clause) ? clause.namedBindings : clause.exportClause;
    if (!bindings) return ts.isImportClause(clause); // else export * from …
    if (!ts.isNamedImports(bindings) && !ts.isNamedExports(bindings)) return false; // * as name
    return bindings.elements.every((element) => element.isTypeOnly || isType(element.name));
  };

  for (const source of program.getSourceFiles()) {
    const add = (specifier: string, typesOnly: boolean) => {
      const resolved = ts.resolveModuleName(specifier, source.fileName, OPTIONS, host).resolvedModule?.resolvedFileName;
      found.push({ from: source.fileName.slice(ROOT.length), specifier, file: resolved?.slice(ROOT.length), typesOnly });
    };
    const addExpression = (node: ts.Node | undefined, typesOnly: boolean) => add(node && ts.isStringLiteralLike(node) ? node.text : '(computed)', typesOnly);
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) {
        addExpression(node.moduleSpecifier, areTypes(node.importClause));
      } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
        addExpression(node.moduleSpecifier, areTypes(node));
      } else if (ts.isExternalModuleReference(node)) {
        addExpression(node.expression, false);
      } else if (ts.isImportTypeNode(node)) {
        addExpression(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
      } else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
        addExpression(node.name, true);
      } else if (ts.isCallExpression(node) && isLoading(node.expression)) {
        addExpression(node.arguments[0], false);
      }
      ts.forEachChild(node, visit);
    };
    for (const { fileName } of source.typeReferenceDirectives) add(fileName, true);
    for (const { fileName } of source.referencedFiles) add(fileName.startsWith('.') ? fileName : `./${fileName}`, true);
    visit(source);
  }
  return found;
}

/** The innermost room that a file is in. */
function roomOf(file: string): string | undefined {
  const path = file.replace(/\.ts$/, '');
  const rooms = Object.keys(ROOMS).filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

function matches(patterns: readonly string[] = [], name: string): boolean {
  return patterns.some((pattern) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))));
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function isAllowed({ from, specifier, file, typesOnly }: Import): boolean {
  const room = roomOf(from);
  if (room === undefined) return false;
  const { rooms, typesOf, packages, node } = ROOMS[room];
  if (file !== undefined) {
    const target = roomOf(file);
    return target !== undefined && (target === room || target === 'vocabulary' || matches(rooms, target) || (typesOnly && matches(typesOf, target)));
  }
  if (specifier.startsWith('.')) return false; // outside of src, or not there
  return isBuiltin(specifier) ? matches(node, specifier.replace(/^node:/, '')) : matches(packages, packageOf(specifier));
}

/** Files without a room, and imports that their room may not make. */
function violations(sources: Sources): string[] {
  const homeless = Object.keys(sources).filter((file) => roomOf(file) === undefined);
  const forbidden = importsOf(sources).filter((each) => !isAllowed(each));
  return [...homeless.map((file) => `${file} is in no room`), ...forbidden.map(({ from, specifier, typesOnly }) => `${from} imports ${typesOnly ? 'types of ' : ''}${specifier}`)];
}

/** Cycles between the nodes of a graph, each as a path back to its start. */
function cycles(edges: readonly (readonly [string, string])[]): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): void => {
    const start = path.indexOf(node);
    if (start >= 0) return void found.add([...path.slice(start), node].join(' -> '));
    if (done.has(node)) return;
    for (const [from, to] of edges) if (from === node && to !== node) walk(to, [...path, node]);
    done.add(node);
  };
  for (const [from] of edges) walk(from, []);
  return [...found];
}

function cyclesOfRooms(sources: Sources): string[] {
  const edges = importsOf(sources).flatMap(({ from, file }) => (file === undefined ? [] : [[roomOf(from) ?? from, roomOf(file) ?? file] as const]));
  return cycles([...new Map(edges.map((edge) => [edge.join(), edge])).values()]);
}

/** The TypeScript below a folder of the repository. */
function readSources(folder: string): Sources {
  const root = resolve(__dirname, '..', folder);
  const paths = existsSync(root) ? readdirSync(root, { recursive: true, encoding: 'utf8' }) : [];
  const files = paths.filter((path) => path.endsWith('.ts') && !path.split(sep).includes('node_modules'));
  return Object.fromEntries(files.map((path) => [path.split(sep).join('/'), readFileSync(join(root, path), 'utf8')]));
}

const sources = readSources('src');

describe('the house', () => {
  test('every import of every source is one that its room may make', () => {
    expect(violations(sources)).toEqual([]);
  });

  test('arrows between rooms go one way', () => {
    expect(cyclesOfRooms(sources)).toEqual([]);
  });

  test('no sources load each other in a circle', () => {
    expect(cycles(importsOf(sources).flatMap(({ from, file, typesOnly }) => (file === undefined || typesOnly ? [] : [[from, file]])))).toEqual([]);
  });

  test('no source is longer than 300 lines', () => {
    expect(Object.keys(sources).filter((path) => sources[path].trimEnd().split('\n').length > 300)).toEqual([]);
  });

  test('no source holds a note of unfinished work', () => {
    expect(Object.keys(sources).filter((path) => /\b(TODO|FIXME)\b/.test(sources[path]))).toEqual([]);
  });
});

test('examples import the package by its own name, and nothing of each other but the web app', () => {
  const packages = ['cdk8s-lifecycle', '@pulumi/kubernetes', '@pulumi/pulumi', ...CONSTRUCTS];
  const isFine = ({ from, specifier, file }: Import) =>
    file === undefined ? isBuiltin(specifier) || matches(packages, packageOf(specifier)) : [from.split('/')[0], 'webapp'].includes(file.split('/')[0]);
  expect(importsOf(readSources('examples')).filter((each) => !isFine(each))).toEqual([]);
});

describe('the table', () => {
  test('it names only rooms that it has', () => {
    const named = Object.values(ROOMS).flatMap(({ rooms = [], typesOf = [] }) => [...rooms, ...typesOf]);
    expect(named.filter((room) => !(room in ROOMS))).toEqual([]);
  });

  test.each([
    ['@kubernetes/client-node', ['cluster/kubernetes']],
    ['commander', ['cli']],
    ['string-width', ['cli']],
    ['ajv', ['cli']],
    ['js-yaml', ['release']],
    ['@pulumi/pulumi', ['pulumi']],
    ['cdk8s-plus-27', ['hooks', 'chart']],
    ['aws-cdk-lib', []],
  ])('the package %s may be imported in %j', (name, rooms) => {
    expect(Object.keys(ROOMS).filter((room) => matches(ROOMS[room].packages, name))).toEqual(rooms);
  });
});

describe('the check', () => {
  const port: Sources = { 'cluster/cluster.ts': 'export interface Cluster {}', 'release/hook.ts': 'export class Hook {}; export interface Weight {}' };

  const allowed: readonly (readonly [string, Sources])[] = [
    ['vocabulary anywhere', { 'tokens/a.ts': "import { W } from '../vocabulary';", 'vocabulary/index.ts': 'export const W = 1;' }],
    ['vocabulary as one file', { 'hooks/a.ts': "export * from '../vocabulary';", 'vocabulary.ts': 'export const W = 1;' }],
    ['a room of the list', { ...port, 'lifecycle/a.ts': "import { Hook } from '../release/hook';" }],
    ['an interface where only types may be imported', { ...port, 'lint/a.ts': "import { Weight } from '../release/hook';" }],
    ['import type of a class there', { ...port, 'lint/a.ts': "import type { Hook } from '../release/hook';" }],
    ['import(…) types there', { ...port, 'lint/a.ts': "type Hook = import('../release/hook').Hook;" }],
    ['an adapter of its port', { ...port, 'cluster/simulated/a.ts': "import { Cluster } from '../cluster';" }],
    ['node modules of the list, either spelling', { 'release/a.ts': "import 'node:zlib'; import 'crypto';" }],
    ['files below a package of the list', { 'pulumi/a.ts': "import '@pulumi/pulumi/dynamic';" }],
  ];

  test.each(allowed)('lets pass: %s', (_, planted) => {
    expect(violations(planted)).toEqual([]);
  });

  const refused: readonly (readonly [string, Sources, string])[] = [
    ['a file in no room', { 'utils/a.ts': '' }, 'utils/a.ts is in no room'],
    ['a room that is not in the list', { ...port, 'hooks/a.ts': "import { Hook } from '../release/hook';" }, 'hooks/a.ts imports ../release/hook'],
    ['a class where only types may be imported', { ...port, 'lint/a.ts': "import { Hook, Weight } from '../release/hook';" }, 'lint/a.ts imports ../release/hook'],
    ['a namespace there', { ...port, 'lint/a.ts': "import * as all from '../release/hook';" }, 'lint/a.ts imports ../release/hook'],
    ['export * there', { ...port, 'lint/a.ts': "export * from '../release/hook';" }, 'lint/a.ts imports ../release/hook'],
    ['types of a room that is not in the list', { ...port, 'release/a.ts': "import { Cluster } from '../cluster/cluster';" }, 'release/a.ts imports types of ../cluster/cluster'],
    ['an adapter by its port', { 'cluster/a.ts': "export * from './simulated/b';", 'cluster/simulated/b.ts': 'export {};' }, 'cluster/a.ts imports ./simulated/b'],
    ['a door', { 'lifecycle/a.ts': "import '../runner';", 'runner.ts': 'export {};' }, 'lifecycle/a.ts imports ../runner'],
    ['a node module in a pure room', { 'lifecycle/a.ts': "import { readFileSync } from 'fs';" }, 'lifecycle/a.ts imports fs'],
    ['a node module that is not in the list', { 'release/a.ts': "import 'node:fs/promises';" }, 'release/a.ts imports node:fs/promises'],
    ['a package, if only its types', { 'lifecycle/a.ts': "import type { V1Job } from '@kubernetes/client-node';" }, 'lifecycle/a.ts imports types of @kubernetes/client-node'],
    ['require()', { 'report/a.ts': "const load = () => require('commander');" }, 'report/a.ts imports commander'],
    ['import()', { 'report/a.ts': "const load = async () => import('commander');" }, 'report/a.ts imports commander'],
    ['import = require()', { 'report/a.ts': "import commander = require('commander');" }, 'report/a.ts imports commander'],
    ['a computed import', { 'cli/a.ts': 'const load = (name: string) => require(`x${name}`);' }, 'cli/a.ts imports (computed)'],
    ['a reference', { 'hooks/a.ts': '/// <reference types="node" />' }, 'hooks/a.ts imports types of node'],
    ['this package by its own name', { 'testing/a.ts': "import 'cdk8s-lifecycle/runner';" }, 'testing/a.ts imports cdk8s-lifecycle/runner'],
    ['a file outside of src', { 'cli/a.ts': "import '../../package.json';" }, 'cli/a.ts imports ../../package.json'],
  ];

  test.each(refused)('finds %s', (_, planted, expected) => {
    expect(violations(planted)).toEqual([expected]);
  });

  test('finds a cycle between rooms, even of types', () => {
    const planted = { 'lifecycle/a.ts': "import { B } from '../report/b';", 'report/b.ts': "import type { A } from '../lifecycle/a'; export interface B {}" };
    expect(cyclesOfRooms(planted)).toEqual(['report -> lifecycle -> report']);
  });
});

test('node_modules is not committed, not as a link either: a merge would put it in the place of the folder', () => {
  const committed = execFileSync('git', ['ls-files', '--', 'node_modules'], { cwd: resolve(__dirname, '..'), encoding: 'utf8' });
  expect(committed).toBe('');
});
