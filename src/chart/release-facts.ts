import { ReleaseFact } from './expression';
import { numberToken, textToken } from './expression-token';
import { Flag } from './flag';

function text(fact: ReleaseFact, label: string, sample: string): string {
  return textToken({ kind: 'release', fact }, label, sample);
}

/**
 * What a template knows of its release.
 *
 * @exampleMetadata nofixture
 * @example
 * import { BackupHook, HelmChartApp, ReleaseFacts } from 'cdk8s-lifecycle';
 *
 * declare const app: HelmChartApp;
 * const release: ReleaseFacts = app.release;
 * const name = `${release.name}-backup-${release.revision}`;
 */
export class ReleaseFacts {
  /** Name of the release, at most 53 characters. */
  public readonly name: string;

  /** Namespace of the release. */
  public readonly namespaceName: string;

  /** Number of the revision that is rendered, from 1. */
  public readonly revision: number;

  /** What deploys the release: `Helm`. */
  public readonly service: string;

  /** Whether the release is installed by this operation. */
  public readonly isInstall: Flag;

  /** Whether the release is upgraded, or rolled back, by this operation. */
  public readonly isUpgrade: Flag;

  /** @param chart name of the chart: what a release is called where nobody knows its name yet */
  public constructor(chart: string) {
    this.name = text('Name', 'the name of the release', chart);
    this.namespaceName = text('Namespace', 'the namespace of the release', 'default');
    this.service = text('Service', 'the service of the release', 'Helm');
    this.revision = numberToken({ kind: 'release', fact: 'Revision' }, 'the revision of the release', 1);
    this.isInstall = Flag._of({ kind: 'release', fact: 'IsInstall' }, 'install', true);
    this.isUpgrade = Flag._of({ kind: 'release', fact: 'IsUpgrade' }, 'upgrade', false);
  }
}
