import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-27';
import * as ts from 'typescript';
import { late } from '../src/pulumi';
import { BareOutputResolver } from '../src/pulumi/bare-output';
import { releaseObjects } from '../src/pulumi/release-objects';
import { restoreObject } from '../src/pulumi/restore';

/* docs/pulumi.md: each row of its tables is a test elsewhere, its errors are those that are thrown, its reference is that of the source. */

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const GUIDE = read('docs/pulumi.md');

/** The rows below a heading line, cell by cell. */
function rowsBelow(head: string): string[][] {
  const lines = GUIDE.slice(GUIDE.indexOf(`${head}\n`)).split('\n\n')[0].split('\n').slice(2);
  return lines.map((line) => line.slice(2, -2).split(/ (?<!\\)\| /).map((cell) => cell.replaceAll('\\|', '|').trim()));
}

const codeOf = (cell: string) => /(`+) ?([^]*?) ?\1/.exec(cell)![2];

describe('every row is the name of a test', () => {
  const EVENTS = '| what happens | what runs |';
  const DIFFERENCES = '| | Helm | a stack |';
  const FAILURES = GUIDE.split('\n').filter((line) => line.startsWith('| after | what there is |'));

  /** The sentences of a table of failures: its first column with the heading of each further one. */
  function failures(head: string): string[] {
    const [, , ...heads] = head.slice(2, -2).split(' | ');
    return rowsBelow(head).flatMap(([what, , ...cells]) => cells.map((cell, index) => `after ${what} ${heads[index]} ${cell}`));
  }

  /** What is called like a test: the first argument of `test` and `describe`, and the keys of tables. */
  function namesIn(path: string): string[] {
    const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest);
    const names: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.arguments.length > 0 && ts.isStringLiteralLike(node.arguments[0])) names.push(node.arguments[0].text);
      if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) names.push(node.name.text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    return names;
  }

  const files = readdirSync(join(ROOT, 'test/pulumi')).filter((name) => /(\.(pulumi|test)|^sequences)\.ts$/.test(name)).map((name) => `test/pulumi/${name}`);
  const known = new Set([...files, 'test/lifecycle/run/perform-event.test.ts'].flatMap(namesIn));

  test('there are five tables of failures', () => {
    expect(FAILURES).toHaveLength(5);
  });

  test.each([
    ['events', rowsBelow(EVENTS).map(([what, runs]) => `${what} ${runs}`)],
    ['failures', FAILURES.flatMap(failures)],
    ['differences from Helm', rowsBelow(DIFFERENCES).map((cells) => cells.at(-1)!)],
  ])('in the table of %s', (_, sentences) => {
    expect(sentences.length).toBeGreaterThan(10);
    expect(sentences.filter((sentence) => !known.has(sentence.replaceAll('`', '')))).toEqual([]);
  });
});

describe('late', () => {
  /** What the code of a cell says when it goes wrong; `field` puts a value into the field of an object. */
  function refusal(code: string): string {
    const chart = new Chart(new App({ resolvers: [new BareOutputResolver()] }), 'chart');
    const field = (value: unknown) => new ApiObject(chart, 'thing', { apiVersion: 'example.com/v1', kind: 'Thing', metadata: { name: 'a' }, spec: { field: value } } as never);
    const [output, number, list] = [pulumi.output('a'), pulumi.output(1), pulumi.output(['a'])];
    const scope = { late, pulumi, chart, field, output, number, list, ConfigMap };
    try {
      new Function(...Object.keys(scope), code)(...Object.values(scope));
      releaseObjects(App.of(chart) as App).forEach(({ object }) => restoreObject(object));
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing is wrong';
  }

  beforeAll(() => void pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }), call: () => ({}) }));

  test.each(rowsBelow('| program | error |'))('%s is refused', (program, error) => {
    expect(refusal(codeOf(program))).toContain(error);
  });
});

describe('the reference', () => {
  interface Prop {
    readonly name: string;
    readonly default?: string;
  }

  function propsOf(path: string, type: string): Prop[] {
    const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
    const found = source.statements.find((each): each is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(each) && each.name.text === type);
    return found!.members.filter(ts.isPropertySignature).map((member) => {
      const tag = ts.getJSDocTags(member).find(({ tagName }) => tagName.text === 'default')?.comment as string | undefined;
      return { name: (member.name as ts.Identifier).text, default: tag?.replace(/^- /, '') };
    });
  }

  test('has every prop with its default', () => {
    const table = rowsBelow('| prop | type | default | |');
    const rows = table.map(([prop, , value]) => ({ name: codeOf(prop), default: value.replaceAll('`', '') }));
    const props = propsOf('src/pulumi/hooked-release.ts', 'HookedReleaseArgs');
    expect(rows).toEqual(props.map((prop) => ({ ...prop, default: (prop.default ?? 'must be given').replaceAll('`', '') })));
    const connection = propsOf('src/pulumi/connection.ts', 'ConnectionArgs').map(({ name }) => `\`${name}\``);
    expect(table.find(([prop]) => prop === '`connection`')![1]).toBe(connection.join(', '));
  });

  test('has every output', () => {
    const source = ts.createSourceFile('hooked-release.ts', read('src/pulumi/hooked-release.ts'), ts.ScriptTarget.Latest, true);
    const members = source.statements.filter(ts.isClassDeclaration).find(({ name }) => name?.text === 'HookedRelease')!.members;
    const outputs = members.filter(ts.isPropertyDeclaration).flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []));
    expect(rowsBelow('| output | type | |').map(([output]) => codeOf(output)).sort()).toEqual(outputs.sort());
  });

  test('shows errors as they are in the source', () => {
    const own = readdirSync(join(ROOT, 'src/pulumi')).map((name) => `src/pulumi/${name}`);
    const paths = [...own, 'src/lifecycle/run/perform-event.ts', 'src/lifecycle/plan/event.ts'];
    const sources = paths.map(read).join('\n');
    const errors = [
      'is no release name', 'The chart of the release holds no object.', 'There is no namespace', 'belongs to another', 'is one of Helm',
      'run npm install cdk8s-lifecycle and try again.',
    ];
    expect(errors.filter((error) => !GUIDE.includes(error) || !sources.includes(error))).toEqual([]);
  });
});
