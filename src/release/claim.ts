import { HOOK_EVENTS, HookEventName, KubeObject, LifecycleError, OURS, isMap } from '../vocabulary';

/** The form of the claim that this program writes; one that is newer it does not touch. */
export const CLAIM_SCHEMA = 1;

/** The type of the Secrets that hold claims. */
export const CLAIM_SECRET_TYPE = `${OURS}claim.v1`;

/** The beginning of a run: the hooks of its pre-event. */
export interface ClaimedOpening {
  readonly event: HookEventName;
  readonly run: string;
}

/** The end of a run: the hooks of its post-event. */
export interface ClaimedClosing {
  /** Who ran them. */
  readonly id: string;
  /** The run that they end. */
  readonly run: string;
  readonly state: 'begun' | 'succeeded';
}

/**
 * What is known in the cluster of a release whose resources somebody else manages, such as a Pulumi stack: there is no record of Helm's.
 *
 * It keeps two holders from taking one name, and one that was replaced from ending what its successor runs.
 */
export interface ReleaseClaim {
  readonly schema: typeof CLAIM_SCHEMA;
  readonly release: string;
  /** Whose release it is, as people know it; the URN of a Pulumi resource. */
  readonly holder: string;
  /** Who runs the hooks before a change. */
  readonly opening: string;
  /** How the last change began; absent where nobody has run hooks before one. */
  readonly opened?: ClaimedOpening;
  /** Who ran the hooks after the last change; absent until there was one. */
  readonly closing?: ClaimedClosing;
  /** How many times its hooks were run before a change; the journals count the same. */
  readonly revision: number;
  /** Whether it has been installed: until its post-install hooks have succeeded, every change is its installation. */
  readonly installed: boolean;
}

/** The name of the Secret that holds the claim on a release. */
export function claimName(release: string): string {
  return `cdk8s-lifecycle.v1.${release}`;
}

/** The Secret of a claim. */
export function claimSecret(claim: ReleaseClaim, namespace: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: claimName(claim.release), namespace, labels: { owner: 'cdk8s-lifecycle', name: claim.release } },
    type: CLAIM_SECRET_TYPE,
    data: { claim: Buffer.from(JSON.stringify(claim)).toString('base64') },
  };
}

function isOpening(value: unknown): value is ClaimedOpening {
  return isMap(value) && HOOK_EVENTS.some((event) => event === value.event) && typeof value.run === 'string';
}

function isClosing(value: unknown): value is ClaimedClosing {
  return isMap(value) && typeof value.id === 'string' && typeof value.run === 'string' && (value.state === 'begun' || value.state === 'succeeded');
}

function isClaim(value: unknown): value is ReleaseClaim {
  if (!isMap(value) || !Number.isInteger(value.schema)) return false;
  const { schema, holder, opening, opened, closing, revision, installed } = value;
  if (Number(schema) > CLAIM_SCHEMA) return true; // whatever that is
  const isWhole = typeof holder === 'string' && typeof opening === 'string' && Number.isInteger(revision) && typeof installed === 'boolean';
  return schema === CLAIM_SCHEMA && isWhole && (opened === undefined || isOpening(opened)) && (closing === undefined || isClosing(closing));
}

/**
 * Reads the Secret of a claim.
 *
 * @throws LifecycleError that names the Secret, and nothing else
 */
export function readClaimSecret({ metadata, data }: KubeObject): ReleaseClaim {
  const where = `Secret ${metadata.namespace}/${metadata.name}`;
  const encoded = (data as Readonly<Record<string, unknown>> | null | undefined)?.claim;
  let claim: unknown;
  try {
    claim = JSON.parse(Buffer.from(typeof encoded === 'string' ? encoded : '', 'base64').toString('utf8'));
  } catch {
    claim = undefined;
  }
  if (!isClaim(claim)) {
    throw new LifecycleError('cluster', `${where} holds no readable claim`, { remedy: 'Make sure that no hook of the release runs, then delete that Secret.' });
  }
  if (claim.schema > CLAIM_SCHEMA) {
    throw new LifecycleError('refused', `${where} was written by a newer cdk8s-lifecycle (schema ${claim.schema}, this one knows ${CLAIM_SCHEMA})`, {
      remedy: 'Use at least that version for this release.',
    });
  }
  return claim;
}
