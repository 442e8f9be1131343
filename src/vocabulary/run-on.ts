import { MUTABLE_TAGS, RUN_ON } from './annotations';
import { closest } from './closest';
import { Annotations } from './hook-annotations';

/** When a hook runs though its event comes with every upgrade. */
export interface RunOnPolicy {
  readonly on: 'change';
  /** What an image without a digest counts for: `trust` takes the same tag for the same image; absent where it counts as changed. */
  readonly mutableTags?: 'trust';
}

/** A word of an annotation that means nothing. */
export interface UnreadableRunOn {
  readonly unreadable: string;
  /** The annotation that it is in. */
  readonly key: string;
  /** The only word that it can hold. */
  readonly known: string;
  /** Whether that is near enough to be what was meant. */
  readonly isMeant: boolean;
}

function unreadable(key: string, word: string, known: string): UnreadableRunOn {
  return { unreadable: word, key, known, isMeant: closest(word, [known]) !== undefined };
}

/** What `cdk8s-lifecycle/run-on` and `cdk8s-lifecycle/mutable-tags` say, or what of it cannot be read; nothing where the hook runs each time. */
export function readRunOn(annotations: Annotations): RunOnPolicy | UnreadableRunOn | undefined {
  const { [RUN_ON]: on, [MUTABLE_TAGS]: tags } = annotations;
  if (on !== undefined && on !== 'change') return unreadable(RUN_ON, on, 'change');
  if (tags !== undefined && tags !== 'trust') return unreadable(MUTABLE_TAGS, tags, 'trust');
  return on === undefined ? undefined : { on, ...(tags === undefined ? {} : { mutableTags: tags }) };
}
