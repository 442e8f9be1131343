import type { IncomingMessage } from 'node:http';
import { ClusterError, ClusterErrorReason, Request } from '../cluster-error';

interface Status {
  readonly message?: string;
  readonly reason?: string;
  readonly details?: { readonly kind?: string };
}

function reasonOf(status: number, { reason, details }: Status): ClusterErrorReason {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return 'invalid';
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'not-found';
    case 409:
      // Two that were created at once used the same quota: the server asks for another try (plugin/pkg/admission/resourcequota, resource_access.go).
      if (reason === 'Conflict' && details?.kind === 'resourcequotas') return 'unavailable';
      return reason === 'AlreadyExists' ? 'already-exists' : 'conflict';
    case 429:
    case 500:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'other';
  }
}

/** What an answer says: JSON of the API server, or the text of a proxy. */
export function readAnswer(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How long an answer asks to wait: `Retry-After` in seconds; the API server sends no dates. */
export function retryAfter({ headers }: IncomingMessage): number | undefined {
  const value = headers['retry-after'];
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

/** The error that an answer of the API server means. */
export function statusError({ verb, target }: Request, status: number, body: unknown, retryAfterSeconds?: number): ClusterError {
  const answer: Status = typeof body === 'object' && body !== null ? (body as Status) : { message: String(body).slice(0, 500) };
  return new ClusterError(reasonOf(status, answer), { verb, target }, answer.message || `the API server answered ${status}`, { status, retryAfterSeconds });
}
