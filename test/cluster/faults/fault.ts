/** What happens to one request on its way. */
export type Fault =
  /** The server answers so, and the request does nothing. */
  | { readonly kind: 'answer'; readonly status: 409 | 429 | 500 | 503; readonly retryAfter?: number }
  /** The request takes effect, but its answer is this status. */
  | { readonly kind: 'lost-answer'; readonly status: 500 | 504 }
  /** The connection breaks, before the request has reached the server or after it has taken effect. */
  | { readonly kind: 'drop'; readonly when: 'before' | 'after' }
  /** The watch ends, as soon as it has begun. */
  | { readonly kind: 'watch-ends' }
  /** The watch begins at a version that the server no longer has. */
  | { readonly kind: 'watch-gone' }
  /** The answer takes its time, in milliseconds. */
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** The process that sent it is killed, before the request has reached the server or after it has taken effect. */
  | { readonly kind: 'kill'; readonly when: 'before' | 'after' };

/** Which request it happens to: the first of this name, or the one of this number. */
export interface Target {
  readonly request: string;
  readonly number?: number;
}

/** `429 with Retry-After` */
export function describeFault(fault: Fault): string {
  switch (fault.kind) {
    case 'answer':
      return fault.retryAfter === undefined ? `${fault.status}` : `${fault.status} with Retry-After`;
    case 'lost-answer':
      return `${fault.status} although it took effect`;
    case 'drop':
      return fault.when === 'before' ? 'a connection that drops before it arrives' : 'a connection that drops after it took effect';
    case 'watch-ends':
      return 'an early end';
    case 'watch-gone':
      return '410 Gone';
    case 'delay':
      return `an answer ${fault.milliseconds / 1000} s late`;
    case 'kill':
      return fault.when === 'before' ? 'SIGKILL before it arrives' : 'SIGKILL after it took effect';
  }
}
