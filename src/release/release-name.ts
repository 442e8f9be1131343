/** The longest release name Helm takes: pkg/chart/common/util, ValidateReleaseName. */
export const MAX_RELEASE_NAME = 53;

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Whether Helm takes the name for a release. */
export function isReleaseName(name: string): boolean {
  return name.length <= MAX_RELEASE_NAME && NAME.test(name);
}
