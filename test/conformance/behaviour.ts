/** A Kubernetes object as a chart holds it. `NAMESPACE` in any of its texts becomes the namespace of the run. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name?: string;
    readonly namespace?: string;
    readonly annotations?: Readonly<Record<string, unknown>>;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** Stands for the namespace of the run, which has a name of its own for each tool. */
export const NAMESPACE = 'NAMESPACE';

/** Something that happens in the middle of a step. */
export interface Interference {
  /** `Kind/name` of what must be there, and for a signal have started. */
  readonly object: string;
  /** Somebody else deletes it, or the tool gets a signal. */
  readonly then: 'delete' | 'SIGINT' | 'SIGKILL';
}

/** What a step is told beside the manifests; each tool spells it in its own way. */
export interface Flags {
  /** @default web */
  readonly release?: string;
  readonly createNamespace?: boolean;
  readonly dryRun?: boolean;
  /** `upgrade --install` */
  readonly orInstall?: boolean;
  readonly wait?: boolean;
  /** @default 20s */
  readonly timeout?: string;
  /** Manifests of the chart's `crds/` folder. */
  readonly crds?: readonly Manifest[];
  /** `--rollback-on-failure`, which helm 3 calls `--atomic` */
  readonly rollbackOnFailure?: boolean;
  /** Flags that have the same name everywhere. */
  readonly also?: readonly string[];
  /** We are given the manifests of the chart themselves, not what `helm template` makes of them. */
  readonly raw?: boolean;
  /** What happens as soon as a Job or a Pod has started that the step waits for. */
  readonly onceRuns?: Interference;
}

/** Something that a tool does to a release. */
export interface ToolStep {
  readonly does: 'install' | 'upgrade' | 'rollback' | 'uninstall' | 'test';
  readonly chart?: readonly Manifest[];
  readonly revision?: number;
  readonly flags: Flags;
}

/** Something that somebody else does between the steps of the tool. */
export interface Arrangement {
  readonly does: 'apply' | 'remove';
  readonly object: Manifest;
}

export type Step = ToolStep | Arrangement;

/** A difference of ours from both helms that is meant. */
export interface Difference {
  /** The row of docs/compat.md that explains it; several where several things come together. */
  readonly row: string | readonly string[];
  /** The lines of the report that differ from the nearer helm: `-` is only its, `+` only ours. */
  readonly lines: readonly string[];
}

/** One behaviour of Helm, small enough that a difference has one cause. */
export interface Behaviour {
  readonly id: string;
  /** What Helm does, as a sentence. */
  readonly does: string;
  /** The row of README.md that it shows. */
  readonly shows: string;
  readonly steps: readonly Step[];
  /** A flag of our command line that it takes; without it the behaviour waits. */
  readonly needs?: string;
  /** Namespaces beside that of the release, by suffix. */
  readonly alsoNamespaces?: readonly string[];
  /** Every write counts, also those that are left out elsewhere. */
  readonly closely?: boolean;
}

export function isToolStep(step: Step): step is ToolStep {
  return step.does !== 'apply' && step.does !== 'remove';
}
