import { ClusterError, ClusterErrorReason, Request } from '../cluster-error';

interface Status {
  readonly message?: string;
  readonly reason?: string;
}

function reasonOf(status: number, { reason }: Status): ClusterErrorReason {
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

/** The error that an answer of the API server means. */
export function statusError({ verb, target }: Request, status: number, body: unknown): ClusterError {
  const answer: Status = typeof body === 'object' && body !== null ? (body as Status) : { message: String(body).slice(0, 500) };
  return new ClusterError(reasonOf(status, answer), { verb, target }, answer.message || `the API server answered ${status}`, { status });
}
