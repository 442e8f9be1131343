import { LifecycleError } from '../../vocabulary';

/** The operation does not fit the release as it stands. */
export class RefusedError extends LifecycleError {
  constructor(message: string, remedy: string) {
    super('refused', message, { remedy });
  }
}

/** Another operation is in the middle of the release, or was when it died. */
export class ReleaseLockedError extends LifecycleError {
  constructor(release: string, revision: number, status: string) {
    super('locked', `Release "${release}" is locked: revision ${revision} is ${status}, so another operation is running, or died while it ran`, {
      remedy: `Wait for it; if nothing runs any more, end it with: cdk8s-lifecycle rollback ${release}  (or, if revision ${revision} is the first, uninstall ${release})`,
    });
  }
}
