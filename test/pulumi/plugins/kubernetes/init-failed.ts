import { Fields } from '../wire';

/** An object was created or changed, and is not what it should be: the engine keeps it in the state, with the reasons, and tries again next time. */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    readonly properties: Fields,
    readonly inputs: Fields,
    readonly reasons: readonly string[],
  ) {
    super('Resource operation failed: the Kubernetes API server reported that the object was stored, but it did not become ready');
  }
}
