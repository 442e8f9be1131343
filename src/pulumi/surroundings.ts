import { BracketConnection } from './bracket-state';
import { ConnectedCluster } from './connect';
import { Row } from './row';

/** What the brackets work with. */
export interface Surroundings {
  /** Opens the cluster of a release. */
  readonly connect: (connection: BracketConnection) => ConnectedCluster;
  /** The row of a resource. */
  readonly row: (urn: string) => Row;
}
