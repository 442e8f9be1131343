import { createNamespace, deleteNamespace } from '../cluster/namespace';
import { Sequence } from './sequence';
import { trySequences } from './sequences';

trySequences('events', 'failing resources', 'parts of a stack', 'owners', 'without hooks', 'differences from Helm');

test('another namespace runs the hooks of an installation there and then those of a deletion here', async () => {
  const [here, there] = [await Sequence.begin(), await createNamespace('seq')];
  try {
    await here.up(1);
    const { outcome } = await here.up(1, { namespace: there });
    const ran = outcome.diagnostics.flatMap(({ message, ephemeral }) => (ephemeral ? [] : /^(\S+) Job\/\S+ succeeded/.exec(message)?.[1] ?? []));
    expect(ran).toEqual(['pre-install', 'post-install', 'pre-delete', 'post-delete']);
    expect(outcome.outputs.hooks).toEqual([expect.objectContaining({ event: 'pre-install' }), expect.objectContaining({ event: 'post-install' })]);
  } finally {
    await here.end();
    await deleteNamespace(there);
  }
});
