import * as pulumi from '@pulumi/pulumi';
import { knownNow } from '../../src/pulumi/known-now';
import { late } from '../../src/pulumi/late';
import { readContent } from '../../src/release';
import { Mocked } from './mocked';

beforeAll(() => {
  new Mocked();
});

const later = (name?: string) => late.string(pulumi.output('a'), name);

test('what is known later stands as what it is called', () => {
  const object = {
    url: `http://${later('the host')}/`,
    n: late.number(pulumi.output(1), 'the port'),
    hosts: ['a', ...late.list(pulumi.output(['b']), 'the hosts')],
    labels: { a: 'b', ...late.map(pulumi.output({ c: 'd' }), 'the labels'), [later('the key')]: 'e' },
  };
  expect(knownNow(object)).toEqual({ url: 'http://<the host>/', n: '<the port>', hosts: ['a', '<the hosts>'], labels: { 'a': 'b', '<the key>': 'e' } });
});

test('a value stands as the same each time, and another that is called the same as something else', () => {
  const [one, other] = [later('zone'), later('zone')];
  expect(knownNow([one, other, one])).toEqual(['<zone>', '<zone 2>', '<zone>']);
});

test('manifests can be read with late values wherever they may stand', () => {
  const pod = (name: string) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: later('n/s'), annotations: { 'helm.sh/hook': 'test' } }, spec: { containers: [{ name: 'a', image: `web:${later()}` }] },
  });
  const files = [pod(later('a/b%')), pod(later('a/b%')), pod(`${later()}-x`)].map((object, index) => ({ path: String(index), text: JSON.stringify(knownNow(object)) }));
  expect(readContent(files, 'web').hooks.map(({ ref }) => ref.name)).toEqual(['<a-b->', '<a-b- 2>', expect.stringMatching(/^<a late text( \d+)?>-x$/)]);
});
