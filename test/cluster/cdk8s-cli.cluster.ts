import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runProgram, succeeded } from './cli';
import { tools } from './tools';

/* The charts that cdk8s-cli makes of a HelmChartApp, in both of its formats, with the record that it wants for validations and without: helm takes them. */

const EXAMPLE = resolve(__dirname, '../../examples/helm-chart');
const CDK8S = resolve(__dirname, '../../node_modules/.bin/cdk8s');
const RECORD = 'construct-metadata.json';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdk8s-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The chart of the example, made once; `version` is what cdk8s-cli is told, and the chart's own otherwise. */
const FORMATS = {
  'plain': { flags: ['--format', 'plain'], record: 'false', version: undefined, where: '.' },
  'plain with validations': { flags: ['--format', 'plain'], record: 'true', version: undefined, where: '.' },
  'helm': { flags: ['--format', 'helm', '--chart-version', '7.8.9'], record: 'false', version: '7.8.9', where: 'templates' },
  'helm with validations': { flags: ['--format', 'helm', '--chart-version', '7.8.9'], record: 'true', version: '7.8.9', where: 'templates' },
};

function helm(version: 'helm3' | 'helm4', ...args: string[]): Promise<string> {
  const env = { HELM_CACHE_HOME: join(folder, 'cache'), HELM_CONFIG_HOME: join(folder, 'config') };
  return runProgram(tools()[version], args, { env }).then(succeeded);
}

/** What a chart renders, without the comments that name its files. */
async function rendered(version: 'helm3' | 'helm4', chart: string): Promise<string> {
  return (await helm(version, 'template', 'shop', chart, '--kube-version', '1.34.0')).replace(/^# Source: .*\n/gm, '');
}

describe.each(Object.entries(FORMATS))('cdk8s synth --format %s', (name, { flags, record, version, where }) => {
  let chart: string;

  beforeAll(async () => {
    chart = join(folder, name.replaceAll(' ', '-'));
    const env = { CDK8S_RECORD_CONSTRUCT_METADATA: record };
    succeeded(await runProgram(CDK8S, ['synth', '--check-upgrade=false', '--output', chart, ...flags], { cwd: EXAMPLE, env }));
  });

  test('writes one chart, of the version that was asked for, and the record where cdk8s-cli looks for it', () => {
    expect(existsSync(join(chart, where, RECORD))).toBe(record === 'true');
    const head = readFileSync(join(chart, 'Chart.yaml'), 'utf8');
    expect(head).toContain('name: webapp\n');
    if (version !== undefined) expect(head).toContain(`\nversion: ${version}\n`);
    expect(readdirSync(join(chart, 'templates'))).not.toContain('templates');
  });

  test.each(['helm3', 'helm4'] as const)('%s lints, renders and packages it, and renders the package alike', async (binary) => {
    await helm(binary, 'lint', '--strict', chart);
    const packages = join(folder, `${binary}-${name.replaceAll(' ', '-')}`);
    mkdirSync(packages);
    await helm(binary, 'package', chart, '--destination', packages);
    const [archive] = readdirSync(packages).map((file) => join(packages, file));
    await helm(binary, 'lint', '--strict', archive);
    expect(succeeded(await runProgram('tar', ['-tzf', archive]))).not.toContain(RECORD);
    const objects = await rendered(binary, chart);
    expect(objects).toContain('helm.sh/hook: ');
    expect(await rendered(binary, archive)).toBe(objects);
  });

  test('is the chart that the program writes alone, but for the version', async () => {
    const alone = join(folder, 'alone');
    if (!existsSync(alone)) succeeded(await runProgram('npx', ['ts-node', '--transpile-only', 'main.ts'], { cwd: EXAMPLE, env: { CDK8S_OUTDIR: alone } }));
    const copy = `${chart}.copy`;
    cpSync(chart, copy, { recursive: true, filter: (path) => !path.endsWith(RECORD) });
    const difference = await runProgram('diff', ['-r', '--exclude=Chart.yaml', '--exclude=README.md', alone, copy]);
    expect(difference.stdout).toBe('');
  });
});
