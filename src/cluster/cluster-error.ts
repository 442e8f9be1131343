import { LifecycleError } from '../vocabulary';

/** Why the cluster did not do what was asked. */
export type ClusterErrorReason =
  | 'unreachable'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'already-exists'
  | 'conflict'
  | 'invalid'
  | 'unknown-kind'
  | 'unavailable'
  | 'other';

/** What was asked of the cluster. */
export interface Request {
  readonly verb: string;
  /** What it was about: `Job/migrate in namespace shop`. */
  readonly target: string;
}

const REMEDIES: Readonly<Partial<Record<ClusterErrorReason, string>>> = {
  unreachable: 'Check the address and the context of the kubeconfig, and that the API server runs.',
  unauthorized: 'Log in again, or name another context with --context.',
  unavailable: 'Run the operation again when the API server can answer; what was done until then is recorded.',
  conflict: 'Something else changed the object or owns its fields; look at its managedFields, then run the operation again.',
};

/** What else is known of a refusal. */
export interface ClusterErrorOptions {
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The cluster refused, or could not be reached. */
export class ClusterError extends LifecycleError {
  readonly reason: ClusterErrorReason;
  readonly request: Request;
  /** The HTTP status of the answer; absent where there was none. */
  readonly status?: number;
  /** How long to wait before asking again, if the server said so. */
  readonly retryAfterSeconds?: number;

  constructor(reason: ClusterErrorReason, request: Request, message: string, options: ClusterErrorOptions = {}) {
    const remedy = reason === 'forbidden' ? `Grant "${request.verb}" on it to the user of this kubeconfig.` : REMEDIES[reason];
    super('cluster', `cannot ${request.verb} ${request.target}: ${message}`, { remedy, cause: options.cause });
    this.reason = reason;
    this.request = request;
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Whether the error is the cluster's, for one of these reasons. */
export function isClusterError(error: unknown, ...reasons: ClusterErrorReason[]): error is ClusterError {
  return error instanceof ClusterError && (reasons.length === 0 || reasons.includes(error.reason));
}
