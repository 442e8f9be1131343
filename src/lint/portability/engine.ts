import { HookSubject } from '../subject';

/** What an engine does with a hook, and what of the hook it loses. Each entry is a sentence or less. */
export interface Portability {
  readonly does: readonly string[];
  readonly loses: readonly string[];
}

/** A tool that deploys manifests with Helm's hooks. */
export interface Engine {
  /** What it is called in the title of the table. */
  readonly title: string;
  /** What holds for every hook. */
  readonly notes: readonly string[];
  /**
   * What becomes of one hook.
   *
   * @param others every hook of the release, this one too
   */
  judge(hook: HookSubject, others: readonly HookSubject[]): Portability;
}
