import * as pulumi from '@pulumi/pulumi';
import { ApiObject, App, Chart, Lazy } from 'cdk8s';
import { ConfigMap, Deployment, EnvValue } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BareOutputResolver } from '../../src/pulumi/bare-output';
import { late } from '../../src/pulumi/late';
import { releaseObjects } from '../../src/pulumi/release-objects';
import { Component, Mocked } from './mocked';

let output: pulumi.Output<string>;
let secret: pulumi.Output<string>;
beforeAll(() => {
  new Mocked();
  output = pulumi.output('canary');
  secret = pulumi.secret('canary');
});

/** What a construct says that is given something as a prop. */
function refusal(make: (chart: Chart) => unknown): string {
  const app = new App({ resolvers: [new BareOutputResolver()] });
  try {
    make(new Chart(app, 'web'));
    releaseObjects(app);
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is wrong';
}

function widget(scope: Construct, spec: unknown, rest: object = {}): ApiObject {
  return new ApiObject(scope, 'db', { apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'db' }, spec, ...rest } as never);
}

const OUTPUT = 'an Output of Pulumi stands here, which is known later. Give the construct late.string(…) of it, or late.number(…) where a number is wanted.';
const PROMISE = 'a Promise stands here, which is known later. Give the construct late.string(…) of it, or late.number(…) where a number is wanted.';
const IN_TEXT = 'an Output of Pulumi was made a part of this text, and is known later. Make late.string(…) of it a part of the text.';
const IN_JSON = 'an Output of Pulumi was made a part of a text of JSON, and is known later. Make all of it one: late.string(pulumi.jsonStringify(…)).';

describe('what Pulumi knows later is refused where it was given as it is', () => {
  const cases: readonly (readonly [string, (chart: Chart) => unknown, string])[] = [
    ['an Output', (chart) => widget(chart, { host: output }), `web/db/spec/host: ${OUTPUT}`],
    ['a secret', (chart) => widget(chart, { host: secret }), `web/db/spec/host: ${OUTPUT}`],
    ['in a list', (chart) => widget(chart, { 'a/b': ['x', output] }), `web/db/spec/a~1b/1: ${OUTPUT}`],
    ['instead of an object', (chart) => widget(chart, output), `web/db/spec: ${OUTPUT}`],
    ['as a name', (chart) => widget(chart, {}, { metadata: { name: output } }), `web/db/metadata/name: ${OUTPUT}`],
    ['as a label', (chart) => widget(chart, {}, { metadata: { labels: { a: output } } }), `web/db/metadata/labels/a: ${OUTPUT}`],
    ['produced lazily', (chart) => widget(chart, { host: Lazy.any({ produce: () => output }) }), `web/db/spec/host: ${OUTPUT}`],
    ['a part of an Output', (chart) => widget(chart, { host: pulumi.output({ deep: { host: 'h' } }).deep.host }), `web/db/spec/host: ${OUTPUT}`],
    ['a Promise', (chart) => widget(chart, { host: Promise.resolve('h') }), `web/db/spec/host: ${PROMISE}`],
    ['a resource', (chart) => widget(chart, { host: new Component() }), 'web/db/spec/host: a resource of Pulumi stands here. Take one of its outputs: late.string(resource.name), say.'],
    ['a prop of cdk8s-plus', (chart) => {
      const container = { image: 'web', envVariables: { HOST: EnvValue.fromValue(output as unknown as string) } };
      return new Deployment(chart, 'api', { containers: [container] });
    }, `web/api/Resource/spec/template/spec/containers/0/env/0/value: ${OUTPUT}`],
    ['in a template string', (chart) => widget(chart, { url: `http://${output}/` }), `web/db/spec/url: ${IN_TEXT}`],
    ['a secret in a template string', (chart) => widget(chart, { url: `http://${secret}/` }), `web/db/spec/url: ${IN_TEXT}`],
    ['in a URL', (chart) => widget(chart, { url: encodeURIComponent(`${output}`) }), `web/db/spec/url: ${IN_TEXT}`],
    ['joined', (chart) => widget(chart, { hosts: [output, 'b'].join(',') }), `web/db/spec/hosts: ${IN_TEXT}`],
    ['in a key', (chart) => widget(chart, { [`${output}`]: 'a' }), `web/db/spec: in the name of a field, ${IN_TEXT}`],
    ['in JSON', (chart) => new ConfigMap(chart, 'config', { data: { 'a.json': JSON.stringify({ output }) } }), `web/config/Resource/data/a.json: ${IN_JSON}`],
    ['a Promise in a template string', (chart) => widget(chart, { url: `http://${Promise.resolve('h')}/` }), 'web/db/spec/url: a Promise was made a part of this text'],
    ['calculated with', (chart) => widget(chart, { port: Number(output) + 1 }), 'web/db/spec/port: this is NaN, which an Output of Pulumi becomes that is calculated with.'],
    ['in an id', (chart) => widget(new Construct(chart, `db-${output}`), {}), 'web: an Output of Pulumi stands in the id of a construct in it'],
  ];

  test.each(cases)('%s', (_, make, expected) => {
    const message = refusal(make);
    expect(message.startsWith(expected) ? expected : message).toBe(expected);
    expect(message).not.toMatch(/OutputImpl|canary|Calling \[/);
  });
});

test('late values are not refused, nor texts that speak of Outputs', () => {
  const make = (chart: Chart) => widget(chart, { url: `http://${late.string(output)}/`, n: late.number(pulumi.output(1)), text: 'an [Output<T>] is not supported', none: null });
  expect(refusal(make)).toBe('nothing is wrong');
});

test('other errors of cdk8s are what they were', () => {
  expect(refusal((chart) => chart.node.addValidation({ validate: () => ['no'] }))).toBe('Validation failed with the following errors:\n  [web] no');
});
