import { isClusterError } from '../../cluster';
import { Resource } from '../../release';
import { established } from './established';
import { Operation, Place, RunContext, locate } from './run-context';

/**
 * Creates the definitions that are missing and waits until each is served.
 *
 * One that is there stays as it is: other releases may live by it (pkg/action/install.go, installCRDs).
 */
export async function* createDefinitions(context: Place & Pick<RunContext, 'observer'>, definitions: readonly Resource[]): Operation {
  for (const { ref, object } of definitions) {
    const definition = await locate(context, ref);
    try {
      await context.cluster.create(object);
      yield { kind: 'definition-created', definition };
    } catch (error) {
      if (!isClusterError(error, 'already-exists')) throw error;
    }
    await established(context, definition);
  }
}
