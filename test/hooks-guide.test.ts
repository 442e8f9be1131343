import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import * as constructs from 'constructs';
import { loadAll } from 'js-yaml';
import * as ts from 'typescript';
import * as lifecycle from '../src';
import { KubeObject } from '../src/vocabulary';

/* The guides show a construct beside its YAML. Here the one is synthesized, and the other has to be in it. */

const MODULES: Readonly<Record<string, unknown>> = { cdk8s, 'cdk8s-plus-27': kplus, constructs, 'cdk8s-lifecycle': lifecycle };

/** A block of TypeScript and the block of YAML beside it, in either order. */
interface Pair {
  readonly heading: string;
  readonly code: string;
  readonly yaml: string;
}

interface Block {
  readonly language: string;
  readonly text: string;
  readonly heading: string;
  readonly start: number;
  readonly end: number;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(({ 0: whole, 1: language, 2: text, index }) => {
    const heading = [...markdown.slice(0, index).matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? '';
    return { language, text, heading, start: index, end: index + whole.length };
  });
}

/** The pairs of a text, and the headings of YAML that stands alone. */
function pairsOf(markdown: string): { readonly pairs: readonly Pair[]; readonly alone: readonly string[] } {
  const blocks = blocksOf(markdown);
  const areBeside = (one?: Block, other?: Block) => one !== undefined && other !== undefined && markdown.slice(one.end, other.start).trim() === '';
  const pairs: Pair[] = [];
  const alone: string[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.language !== 'yaml') continue;
    const [before, after] = [blocks[index - 1], blocks[index + 1]];
    const code = [areBeside(before, block) ? before : undefined, areBeside(block, after) ? after : undefined].find((each) => each?.language === 'ts');
    if (code) pairs.push({ heading: block.heading, code: code.text, yaml: block.text });
    else alone.push(block.heading);
  }
  return { pairs, alone };
}

/** What the function that a block exports adds to a chart named shop, by kind and name. */
function synthesize(code: string): Record<string, KubeObject> {
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const exported: Record<string, (chart: cdk8s.Chart) => void> = {};
  new Function('require', 'exports', outputText)((name: string) => MODULES[name], exported);
  const chart = new cdk8s.Chart(cdk8s.Testing.app(), 'shop', { disableResourceNameHashes: true });
  Object.values(exported)[0](chart);
  return Object.fromEntries((cdk8s.Testing.synth(chart) as KubeObject[]).map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

describe.each(['hooks.md', 'from-yaml.md'])('docs/%s', (file) => {
  const { pairs, alone } = pairsOf(readFileSync(join(__dirname, '../docs', file), 'utf8'));

  test('no YAML stands without the construct that makes it', () => {
    expect(alone).toEqual([]);
    expect(pairs.length).toBeGreaterThan(2);
  });

  test.each(pairs.map((pair) => [pair.heading, pair] as const))('%s: the YAML is what the construct makes', (_, { code, yaml }) => {
    const shown = loadAll(yaml) as KubeObject[];
    expect(synthesize(code)).toMatchObject(Object.fromEntries(shown.map((object) => [`${object.kind}/${object.metadata.name}`, object])));
  });
});

test('the check finds YAML that is not what the construct makes, and YAML without one', () => {
  const code = "import { Chart } from 'cdk8s';\nimport { TestHook } from 'cdk8s-lifecycle';\nexport function add(chart: Chart) {\n  new TestHook(chart, 'a', { image: 'a:1' });\n}\n";
  const markdown = `# One\n\`\`\`yaml\nkind: Job\n\`\`\`\n\n\`\`\`ts\n${code}\`\`\`\n\n# Two\n\`\`\`yaml\nkind: Pod\n\`\`\`\n`;
  expect(pairsOf(markdown)).toEqual({ pairs: [{ heading: 'One', code, yaml: 'kind: Job\n' }], alone: ['Two'] });
  expect(synthesize(code)).toMatchObject({ 'Job/shop-a': { metadata: { annotations: { 'helm.sh/hook': 'test' } } } });
  expect(synthesize(code)).not.toMatchObject({ 'Job/shop-a': { metadata: { annotations: { 'helm.sh/hook': 'post-install' } } } });
});
