import { ApiObject } from 'cdk8s';
import { IConstruct, IMixin } from 'constructs';
import * as tokens from '../tokens';
import { Flag } from './flag';

/** The condition under which an object is there; nothing for one that always is. */
export function conditionOf(apiObject: IConstruct): Flag | undefined {
  const source = tokens.conditionOf(apiObject)?.source;
  return source instanceof Flag ? source : undefined;
}

/**
 * Lets objects be there only if a flag is true.
 *
 * @exampleMetadata nofixture
 * @example
 * import { BackupHook, HelmChartApp, OnlyIf } from 'cdk8s-lifecycle';
 *
 * declare const app: HelmChartApp;
 * declare const backup: BackupHook;
 * backup.with(OnlyIf.of(app.values.flag('backup.enabled', { defaultValue: true })));
 */
export class OnlyIf implements IMixin {
  /**
   * Objects that are there if a flag is true. An object under two flags is there if both are.
   *
   * @example
   * deployment.with(OnlyIf.of(app.release.isInstall));
   */
  public static of(flag: Flag): OnlyIf {
    return new OnlyIf(flag);
  }

  private readonly flag: Flag;

  private constructor(flag: Flag) {
    this.flag = flag;
  }

  /** Whether a construct is an object of the manifest. */
  public supports(construct: IConstruct): boolean {
    return ApiObject.isApiObject(construct);
  }

  /** Puts an object under the flag. */
  public applyTo(construct: IConstruct): void {
    const before = conditionOf(construct);
    const flag = before ? Flag.all([before, this.flag]) : this.flag;
    tokens.putUnder(construct, { label: flag.label, sample: flag._sample, source: flag });
  }
}
