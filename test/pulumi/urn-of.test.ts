import * as pulumi from '@pulumi/pulumi';
import { bareUrn } from '../../src/pulumi/urn-of';
import { Component, Mocked, settled } from './mocked';

let mocked: Mocked;
beforeEach(() => {
  mocked = new Mocked();
});

class Told extends pulumi.CustomResource {
  constructor(parent: Component) {
    super('test:index:Told', 'told', { by: bareUrn(parent.urn) }, { parent });
  }
}

test('the URN of a component can be told to its children without their waiting for each other', async () => {
  const parent = new Component();
  const child = new Told(parent);
  expect((await settled(child.urn)).value).toBe('urn:pulumi:stack::project::test:index:Component$test:index:Told::told');
  expect(mocked.registered.at(-1)?.inputs).toEqual({ by: 'urn:pulumi:stack::project::test:index:Component::web' });
});
