import { KubeObject } from '../../vocabulary';
import { podState } from './job-state';
import { Mirror } from './mirror';

interface OwnerReference {
  readonly uid: string;
}

/** Whether the Pod is the object with this UID, or made for it. */
export function belongsTo({ metadata }: KubeObject, uid: string): boolean {
  return metadata.uid === uid || ((metadata.ownerReferences as readonly OwnerReference[] | undefined) ?? []).some((owner) => owner.uid === uid);
}

/** The Pods of one hook: those that are there, and those that are gone already. */
export class HookPods {
  readonly #owner: KubeObject;
  readonly #mirror: Mirror;
  readonly #seen = new Map<string, KubeObject>();
  readonly #ended = new Set<string>();

  constructor(owner: KubeObject, mirror: Mirror) {
    this.#owner = owner;
    this.#mirror = mirror;
  }

  /** Looks again; returns the Pods that are there now. */
  refresh(): KubeObject[] {
    const live = this.#mirror.all().filter((pod) => this.#isMine(pod));
    for (const pod of live) this.#seen.set(pod.metadata.uid!, pod);
    return live;
  }

  /** Every Pod so far, as it was last. */
  all(): KubeObject[] {
    return [...this.#seen.values()].map((pod) => this.#mirror.gone(pod.metadata.uid!) ?? pod);
  }

  /** The Pods that have ended since this was asked last. */
  newlyEnded(): KubeObject[] {
    const ended = this.all().filter((pod) => podState(pod).kind !== 'running' && !this.#ended.has(pod.metadata.uid!));
    for (const { metadata } of ended) this.#ended.add(metadata.uid!);
    return ended;
  }

  #isMine(pod: KubeObject): boolean {
    return belongsTo(pod, this.#owner.metadata.uid!);
  }
}
