import * as pulumi from '@pulumi/pulumi';
import { late } from '../../src/pulumi/late';
import { secretValuesOf } from '../../src/pulumi/secret-values';
import { Mocked, settled } from './mocked';

beforeEach(() => new Mocked());

test('the values of secret outputs are found wherever they stand in objects, each once, and are secret themselves', async () => {
  const password = late.string(pulumi.secret('s3cret'));
  const objects = [
    { url: `postgres://${password}@${late.string(pulumi.output('db'))}/web`, password },
    { port: late.number(pulumi.secret(5432)), [`key-${late.string(pulumi.secret('in-a-key'))}`]: '' },
    { hosts: late.list(pulumi.secret(['one', 'two'])), labels: late.map(pulumi.secret({ name: 'value' })) },
  ];
  const { value, secret } = await settled(secretValuesOf(objects));
  expect([[...(value as string[])].sort(), secret]).toEqual([['5432', 'in-a-key', 'one', 's3cret', 'two', 'value'], true]);
});

test('what is no secret, or no output, is none', async () => {
  expect(await settled(secretValuesOf([{ host: late.string(pulumi.output('db')), plain: 'text' }]))).toEqual({ value: [], secret: true, known: true });
});
