import { AROUND_EVENTS, AroundEvent, EventRequest, eventAfter, heldByAnother, isAfter, isEnding } from '../lifecycle';
import { ReleaseClaim } from '../release';

/** What hooks are asked for: those of an event, or those around a change of which only the cluster knows whether it installs or upgrades. */
export type EventWord = AroundEvent | 'pre-apply' | 'post-apply';

/** All of them. */
export const EVENT_WORDS: readonly EventWord[] = ['pre-apply', 'post-apply', ...AROUND_EVENTS];

/** Who asks for hooks, and for which. */
export interface Asker {
  readonly word: EventWord;
  readonly namespace: string;
  /** Whose release it is, as people know it. */
  readonly owner: string;
  /** What the one who asks was called when it ran hooks before; absent where it does not say. */
  readonly id?: string;
  readonly takeOwnership?: boolean;
}

/** Which event runs, and who is said to run it. */
export interface Asked extends Pick<EventRequest, 'event' | 'holder' | 'opening' | 'closing' | 'run'> {
  /** What the one who asks is called from now on. */
  readonly id: string;
}

/** Until its post-install hooks have succeeded once, every change of a release is its installation. */
function eventOf(claim: ReleaseClaim | undefined, word: EventWord): AroundEvent {
  const before = claim?.installed ? 'pre-upgrade' : 'pre-install';
  if (word === 'pre-apply') return before;
  // What was begun by name, such as a rollback, ends by it.
  return word === 'post-apply' ? eventAfter(claim?.opened?.event ?? before) : word;
}

/** The change: a new one before it. After it the one that was begun; asked for by its name, an event runs again where it has succeeded. */
function runOf(claim: ReleaseClaim | undefined, word: EventWord, event: AroundEvent): string {
  const opened = isAfter(event) && !isEnding(event) ? claim?.opened?.run : undefined;
  const isDone = claim?.closing?.run === opened && claim?.closing?.state === 'succeeded';
  return opened === undefined || (isDone && word !== 'post-apply') ? crypto.randomUUID() : opened;
}

/**
 * What is meant by who asks for hooks, by what the cluster knows of the release.
 *
 * @throws RefusedError where somebody would end a release that is another's
 */
export function asked(claim: ReleaseClaim | undefined, { word, namespace, owner, id, takeOwnership }: Asker): Asked {
  const event = eventOf(claim, word);
  const own = claim && (claim.holder === owner || takeOwnership) ? claim : undefined;
  const ends = isEnding(event);
  // Who was replaced and says so is told that the release lives on; who does not say is not who it takes itself for.
  if (ends && claim && !own && id === undefined) throw heldByAnother(claim, namespace);
  const opens = isAfter(event) === ends;
  const known = opens ? own?.opening : own?.closing?.id;
  const mine = id ?? (ends ? known : undefined) ?? crypto.randomUUID();
  const sides = opens ? { opening: mine, closing: own?.closing?.id ?? '' } : { opening: own?.opening ?? mine, closing: mine };
  return { event, holder: owner, ...sides, run: runOf(claim, word, event), id: mine };
}
