import { tellEngine } from '../../src/pulumi/engine-log';
import { EngineServer } from './engine-server';

let engine: EngineServer;
const argv = process.argv;

beforeAll(async () => {
  engine = await EngineServer.start();
  process.argv = ['node', 'dynamic-provider', engine.address];
});

afterAll(() => {
  process.argv = argv;
  engine.stop();
});

test('messages arrive at the engine, on the row of their resource', async () => {
  const tell = tellEngine('urn:web');
  await tell('INFO', 'Job/migrate started', true);
  await tell('WARNING', 'odd ⚠', false);
  expect(engine.messages).toEqual([
    { severity: 'INFO', text: 'Job/migrate started', urn: 'urn:web', ephemeral: true },
    { severity: 'WARNING', text: 'odd ⚠', urn: 'urn:web', ephemeral: false },
  ]);
});

test('that the engine does not take a message is said', async () => {
  engine.refuses = true;
  await expect(tellEngine('urn:web')('INFO', 'lost', false)).rejects.toThrow('the engine hangs up');
});
