import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSTRUCTS, Member, STRUCTS, TYPES, Type, propsOf } from './api';
import { ROOT, run, temporaryFolder } from './packed';

/* What the generated code calls things: in every language as its people write names, and nothing renamed because it meant something else there. */

const folder = temporaryFolder();

beforeAll(() => {
  const targets = ['python', 'java', 'go', 'dotnet'].flatMap((language) => ['--target', language]);
  const env = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  run(process.execPath, [require.resolve('jsii-pacmak/bin/jsii-pacmak'), '--code-only', ...targets, '--outdir', folder], { cwd: ROOT, env });
});

const read = (path: string) => readFileSync(join(folder, path), 'utf8');
const same = (name: string) => name;
const pascal = (name: string) => name.replace(/^./, (first) => first.toUpperCase());
const snake = (name: string) => name.replace(/[A-Z]/g, (upper) => `_${upper.toLowerCase()}`);

/** The first group of every match, sorted, each once. */
function names(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].sort();
}

/** Where a language has things, and how it writes them. */
interface Language {
  /** How members are spelled. */
  readonly spell: (name: string) => string;
  /** The code of a type. */
  readonly code: (type: string) => string;
  /** The props that a bag of props takes. */
  readonly props: (struct: string) => string[];
  /** The line that makes a construct of its scope and id, and the props that go with them. */
  readonly construct: (type: string) => { readonly line: string; readonly props?: string[] };
  /** The line with which a method begins. */
  readonly method: (type: string, method: Member) => string | RegExp;
  /** The line of a constant of an enum. */
  readonly constant: (type: string, name: string) => string | RegExp;
}

/** The code of a class of the Python module, which is one file. */
function pythonClass(type: string): string {
  const [, code] = new RegExp(String.raw`\nclass ${type}[(:](.*?)(?=\n(?:@|class |def )|$)`, 's').exec(read('python/src/cdk8s_lifecycle/__init__.py'))!;
  return code;
}

/** The keywords that the constructor of a Python class takes. */
function pythonKeywords(type: string): string[] {
  const [, keywords] = /def __init__\([^*]*\*,(.*?)\) -> None:/s.exec(pythonClass(type))!;
  return names(keywords, /\b(\w+): /g);
}

const javaFile = (type: string) => read(`java/src/main/java/io/github/cdk8slifecycle/${type}.java`);
const javaBuilder = (type: string) => names(javaFile(type), /^ {8}public Builder (\w+)\(/gm);
const goFile = (type: string) => read(`go/cdk8slifecycle/${type}.go`);
const dotnetFile = (type: string) => read(`dotnet/Cdk8sLifecycle/Cdk8sLifecycle/${type}.cs`);

const LANGUAGES: Readonly<Record<string, Language>> = {
  'Python': {
    spell: snake,
    code: pythonClass,
    props: pythonKeywords,
    construct: (type) => ({ line: '    def __init__(\n        self,\n        scope: ', props: pythonKeywords(type) }),
    method: (_, { name }) => `    def ${snake(name)}(`,
    constant: (_, name) => `    ${name} = "${name}"\n`,
  },
  'Java': {
    spell: same,
    code: javaFile,
    props: javaBuilder,
    construct: (type) => ({ line: 'public static Builder create(final software.constructs.Construct scope, final java.lang.String id) {', props: javaBuilder(type) }),
    method: (_, { name, static: isStatic }) => new RegExp(String.raw`^    public ${isStatic ? 'static ' : ''}[^\n(=]+ ${name}\(`, 'm'),
    constant: (_, name) => `    ${name},\n`,
  },
  'Go': {
    spell: pascal,
    code: goFile,
    props: (struct) => names(goFile(struct), /^\t(\w+) .* `field:"/gm),
    construct: (type) => ({ line: `func New${type}(scope constructs.Construct, id *string, props *${type}Props) ${type} {\n` }),
    method: (type, { name, static: isStatic }) => (isStatic ? `\nfunc ${type}_${pascal(name)}(` : new RegExp(String.raw`^func \(\w+ \*jsiiProxy_${type}\) ${pascal(name)}\(`, 'm')),
    constant: (type, name) => `\t${type}_${name} ${type} = "${name}"\n`,
  },
  'C#': {
    spell: pascal,
    code: dotnetFile,
    props: (struct) => names(dotnetFile(struct), /^ {8}public [^\n(]+ (\w+)\n {8}\{\n {12}get;/gm),
    construct: (type) => ({ line: `        public ${type}(Constructs.Construct scope, string id, Cdk8sLifecycle.I${type}Props` }),
    method: (_, { name, static: isStatic }) => new RegExp(String.raw`^ {8}public ${isStatic ? 'static' : '(?:virtual|override)'} [^\n(=]+ ${pascal(name)}\(`, 'm'),
    constant: (_, name) => new RegExp(String.raw`^ {8}${name},?\n`, 'm'),
  },
};

const members = (of: 'methods' | 'members') => TYPES.flatMap((type) => (type[of] ?? []).map((member) => ({ type, member })));
const expected = ({ spell }: Language, struct: Type) => propsOf(struct).map(({ name }) => spell(name)).sort();
const holds = (code: string, wanted: string | RegExp) => (typeof wanted === 'string' ? code.includes(wanted) : wanted.test(code));

test('there are constructs, bags of props, methods and constants to look for', () => {
  expect(CONSTRUCTS.map(({ type, props }) => `${type.name}(${props.name})`)).toEqual(expect.arrayContaining(['MigrationHook(MigrationHookProps)', 'HookPod(HookPodProps)']));
  expect(STRUCTS.map(({ name }) => name)).toEqual(expect.arrayContaining(['BackupHookProps', 'PostgresProps']));
  expect(members('methods').map(({ type, member }) => `${type.name}.${member.name}`)).toEqual(expect.arrayContaining(['MigrationHook.protectedBy', 'WaitFor.tcp']));
  expect(members('members').map(({ type, member }) => `${type.name}.${member.name}`)).toContain('HookEvent.PRE_UPGRADE');
});

describe.each(Object.entries(LANGUAGES))('%s', (_, language) => {
  test.each(STRUCTS.map((struct) => [struct.name, struct] as const))('%s takes every prop under its own name', (name, struct) => {
    expect(language.props(name)).toEqual(expected(language, struct));
  });

  test.each(CONSTRUCTS.map(({ type, props }) => [type.name, props] as const))('%s is made of scope, id and props', (name, struct) => {
    const { line, props = expected(language, struct) } = language.construct(name);
    expect(language.code(name)).toContain(line);
    expect(props).toEqual(expected(language, struct));
  });

  test('every method has its own name', () => {
    const missing = members('methods').filter(({ type, member }) => !holds(language.code(type.name), language.method(type.name, member)));
    expect(missing.map(({ type, member }) => `${type.name}.${member.name}`)).toEqual([]);
  });

  test('every constant has its own name', () => {
    const missing = members('members').filter(({ type, member }) => !holds(language.code(type.name), language.constant(type.name, member.name)));
    expect(missing.map(({ type, member }) => `${type.name}.${member.name}`)).toEqual([]);
  });
});

test.each([
  ['Java', 'java/src/main/java/io/github/cdk8slifecycle/MigrationHook.java', 'package io.github.cdk8slifecycle;\n'],
  ['Go', 'go/cdk8slifecycle/go.mod', 'module github.com/cdk8s-lifecycle/cdk8s-lifecycle-go/cdk8slifecycle\n'],
  ['Go', 'go/cdk8slifecycle/MigrationHook.go', 'package cdk8slifecycle\n'],
  ['C#', 'dotnet/Cdk8sLifecycle/Cdk8sLifecycle/MigrationHook.cs', 'namespace Cdk8sLifecycle\n'],
])('%s finds the constructs under the name of the package: %s', (_, file, line) => {
  expect(read(file)).toContain(line);
});

test.each([
  ['Python', 'python/src/cdk8s_lifecycle/__init__.py', 'MigrationHook(chart, "migrate", image="shop:2.4.0", retries=2)'],
  ['Java', 'java/src/main/java/io/github/cdk8slifecycle/HookProps.java', 'MigrationHook.Builder.create(chart, "migrate").image("shop:2.4.0").retries(2).build();'],
  ['Go', 'go/cdk8slifecycle/HookProps.go', 'cdk8slifecycle.NewMigrationHook(chart, jsii.String("migrate"), &MigrationHookProps{'],
  ['C#', 'dotnet/Cdk8sLifecycle/Cdk8sLifecycle/HookProps.cs', 'new MigrationHook(chart, "migrate", new MigrationHookProps { Image = "shop:2.4.0", Retries = 2 });'],
])('%s shows the examples in its own words: %s', (_, file, line) => {
  expect(read(file)).toContain(line);
});

test('who installs the Python package gets the command line with it', () => {
  expect(read('python/setup.py')).toContain('_jsii/bin/cdk8s-lifecycle"');
});
