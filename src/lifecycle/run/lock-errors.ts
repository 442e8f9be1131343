import { LifecycleError } from '../../vocabulary';

/** Another operation holds the release, and is alive. */
export class LockedError extends LifecycleError {
  constructor(release: string, holder: string) {
    super('locked', `Release "${release}" is held by another operation: ${holder}`, {
      remedy: 'Wait until it is done, or let this one wait with --lock-timeout.',
    });
  }
}
