/** What an image without a digest counts for, of a hook that runs only when something has changed. */
export enum MutableTags {
  /** The same tag names the same image: whoever pushes them never moves one. */
  TRUST = 'trust',
}
