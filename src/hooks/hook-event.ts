/** What happens to a release at the moment a hook runs. */
export enum HookEvent {
  /** Before any resource of a new release is created. */
  PRE_INSTALL = 'pre-install',

  /** After the resources of a new release were created. */
  POST_INSTALL = 'post-install',

  /** Before any resource is changed by an upgrade. */
  PRE_UPGRADE = 'pre-upgrade',

  /** After an upgrade changed the resources. */
  POST_UPGRADE = 'post-upgrade',

  /** Before a rollback changes any resource. Helm runs the hook as the revision it returns to declared it. */
  PRE_ROLLBACK = 'pre-rollback',

  /** After a rollback changed the resources. Helm runs the hook as the revision it returned to declared it. */
  POST_ROLLBACK = 'post-rollback',

  /** Before the resources of a release are deleted. */
  PRE_DELETE = 'pre-delete',

  /** After the resources of a release were deleted: nothing of it can be used any more, but other hooks. */
  POST_DELETE = 'post-delete',

  /** When somebody asks for the tests of a release. */
  TEST = 'test',

  /**
   * Before a rollback changes any resource, after the hooks of `PRE_ROLLBACK`, as the revision that is left declared it: it alone knows how to take its
   * migrations back. An event of ours; Helm drops an object that names it, so give such a hook no other event.
   */
  PRE_ROLLBACK_FROM_SOURCE = 'pre-rollback-from-source',

  /** After a rollback changed the resources, as the revision that was left declared it. An event of ours; Helm drops an object that names it. */
  POST_ROLLBACK_FROM_SOURCE = 'post-rollback-from-source',

  /**
   * When an install, an upgrade, a rollback or an uninstall has failed, whatever failed in it, as the revision that failed declared it; a rollback, as the one
   * that it went back to. An event of ours; Helm drops an object that names it, so give such a hook no event of Helm's.
   */
  ON_FAILURE = 'on-failure',
}
