import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as ts from 'typescript';
import { Shop } from '../examples/testing/shop';
import * as constructs from '../src';
import * as testing from '../src/testing';

/* docs/testing.md: its programs are run, what they print and throw is what it shows, and its reference is that of the source. */

const GUIDE = readFileSync(join(__dirname, '../docs/testing.md'), 'utf8');

/** A program of the guide, and what it shows of it. */
interface Program {
  readonly heading: string;
  readonly code: string;
  readonly shown?: { readonly by: 'printed' | 'thrown'; readonly text: string };
}

function programsOf(markdown: string): Program[] {
  const blocks = [...markdown.matchAll(/(?:^<!-- (file: .+|printed|thrown) -->\n)?^```(ts)?.*\n([^]*?)^```$/gm)];
  return blocks.flatMap(({ 1: comment = '', 2: language, 3: code, index }, number) => {
    if (language === undefined || comment.startsWith('file:')) return [];
    const heading = [...markdown.slice(0, index).matchAll(/^#+ (.+)$/gm)].at(-1)![1];
    const [, by, nextLanguage, text] = blocks[number + 1] ?? [];
    return [{ heading, code, ...(nextLanguage === undefined && (by === 'printed' || by === 'thrown') ? { shown: { by, text: text.trimEnd() } } : {}) }];
  });
}

/** Runs a program with the chart of examples/testing; tests that it declares are run, too. */
async function run(code: string): Promise<{ readonly printed: string; readonly thrown: string }> {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const printed: string[] = [];
  const tests: (() => unknown)[] = [];
  const modules: Readonly<Record<string, unknown>> = {
    'node:test': { test: (_: string, body: () => unknown) => tests.push(body) },
    cdk8s,
    'cdk8s-lifecycle': constructs,
    'cdk8s-lifecycle/testing': testing,
  };
  const given = {
    require: (name: string) => modules[name],
    exports: {},
    console: { log: (text: string) => printed.push(text) },
    shop: (version: string) => new Shop(new cdk8s.App(), 'shop', { version }),
  };
  const program = new Function(...Object.keys(given), `return (async () => {\n${outputText}\n})();`) as (...values: unknown[]) => Promise<void>;
  let thrown = '';
  try {
    await program(...Object.values(given));
    for (const each of tests) await each();
  } catch (error) {
    if (!(error instanceof testing.MismatchError)) throw error;
    thrown = error.message;
  }
  return { printed: printed.join('\n'), thrown };
}

const programs = programsOf(GUIDE);

test('there are programs that print, that throw, and that do neither', () => {
  expect(new Set(programs.map(({ shown }) => shown?.by))).toEqual(new Set([undefined, 'printed', 'thrown']));
});

test.each(programs.map((program, index) => [`${index + 1} (${program.heading})`, program] as const))('program %s does what the guide shows', async (_, { code, shown }) => {
  const { printed, thrown } = await run(code);
  expect({ printed, thrown }).toEqual({ printed: '', thrown: '', ...(shown ? { [shown.by]: shown.text } : {}) });
});

describe('the reference', () => {
  const reference = GUIDE.slice(GUIDE.indexOf('## Reference'));
  const methods = (type: { readonly prototype: object }) =>
    Object.getOwnPropertyNames(type.prototype).filter((name) => !['constructor', 'mismatch'].includes(name)).map((name) => `.${name}`);
  const functions = Object.entries(testing).filter(([name]) => /^[a-z]/.test(name)).map(([name]) => `${name}(`);

  test.each([
    ['Hooks', methods(testing.Hooks)],
    ['HookSelection', methods(testing.HookSelection)],
    ['HooksOfEvent', methods(testing.HooksOfEvent)],
    ['ReleaseRehearsal', [...methods(testing.ReleaseRehearsal), ...methods(Object.getPrototypeOf(testing.ReleaseRehearsal) as { readonly prototype: object })]],
    ['RehearsedOperation', methods(testing.RehearsedOperation)],
    ['RehearsedPlan', methods(testing.RehearsedPlan)],
    ['ReleasePlans', methods(testing.ReleasePlans)],
    ['outcomes', functions],
  ])('it tells of all of %s', (_, names) => {
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !reference.includes(`\`${name}`))).toEqual([]);
  });
});
