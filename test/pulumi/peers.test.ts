import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPeers } from '../../src/pulumi/peers';

test.each([
  [['@pulumi/pulumi'], "cdk8s-lifecycle/pulumi needs @pulumi/pulumi, which is not installed: npm install '@pulumi/pulumi@^3.142.0'"],
  [
    ['@pulumi/pulumi', '@pulumi/kubernetes'],
    "cdk8s-lifecycle/pulumi needs @pulumi/pulumi and @pulumi/kubernetes, which are not installed: npm install '@pulumi/pulumi@^3.142.0' '@pulumi/kubernetes@^4'",
  ],
])('without %j it says what to install', (missing, message) => {
  expect(() => checkPeers((name) => !missing.includes(name))).toThrow(expect.objectContaining({ code: 'bad-input', message }));
});

test('with both it says nothing', () => {
  expect(checkPeers()).toBeUndefined();
});

test('npm installs neither by itself', () => {
  const { peerDependenciesMeta } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { readonly peerDependenciesMeta: object };
  expect(peerDependenciesMeta).toMatchObject({ '@pulumi/pulumi': { optional: true }, '@pulumi/kubernetes': { optional: true } });
});
