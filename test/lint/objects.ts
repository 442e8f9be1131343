import { HOOK, HOOK_DELETE_POLICY, HOOK_WEIGHT } from '../../src/vocabulary';

type Fields = Readonly<Record<string, unknown>>;

/** What a hook of a test differs in from one that no rule finds fault with. */
export interface Differences {
  readonly kind?: string;
  readonly apiVersion?: string;
  readonly name?: string;
  readonly on?: string;
  readonly weight?: string;
  /** `null` for none. */
  readonly policies?: string | null;
  readonly annotations?: Fields;
  readonly metadata?: Fields;
  readonly spec?: Fields;
  readonly pod?: Fields;
  readonly container?: Fields;
}

export const RESTRICTED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

function metadataOf({ name = 'migrate', on = 'pre-upgrade', weight, policies = 'before-hook-creation', annotations, metadata }: Differences): Fields {
  const declared = {
    [HOOK]: on,
    ...(weight === undefined ? {} : { [HOOK_WEIGHT]: weight }),
    ...(policies === null ? {} : { [HOOK_DELETE_POLICY]: policies }),
  };
  return { name, annotations: { ...declared, ...annotations }, ...metadata };
}

function podSpec({ pod: fields, container }: Differences): Fields {
  return {
    restartPolicy: 'Never',
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ name: 'main', image: 'registry.example.com/shop:2.0', securityContext: RESTRICTED, ...container }],
    ...fields,
  };
}

/** A Job as a hook. */
export function job(differences: Differences = {}): Fields {
  const spec = { backoffLimit: 0, activeDeadlineSeconds: 240, template: { spec: podSpec(differences) }, ...differences.spec };
  return { apiVersion: 'batch/v1', kind: 'Job', metadata: metadataOf(differences), spec };
}

/** A Pod as a hook. */
export function pod(differences: Differences = {}): Fields {
  return { apiVersion: 'v1', kind: 'Pod', metadata: metadataOf({ on: 'test', ...differences }), spec: podSpec(differences) };
}

/** Anything else as a hook. */
export function hook(kind: string, differences: Differences = {}): Fields {
  return { apiVersion: differences.apiVersion ?? 'v1', kind, metadata: metadataOf(differences), ...(differences.spec ? { spec: differences.spec } : {}) };
}

/** A resource of the release. */
export function resource(kind: string, name: string, annotations?: Fields, apiVersion = 'v1'): Fields {
  return { apiVersion, kind, metadata: { name, ...(annotations ? { annotations } : {}) } };
}
