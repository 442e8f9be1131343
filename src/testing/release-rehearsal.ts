import { SimulatedCluster, milliseconds } from '../cluster/simulated';
import {
  ContentSource, Planner, Resumable, TestFilter, findResumption, planFromSource, planInstall, planResumeFrom, planRollback, planTest,
  planUninstall, planUpgrade, planUpgradeOrInstall, withSuccesses,
} from '../lifecycle';
import { HookOutcome } from './hook-outcome';
import { Manifests, haveValues } from './manifests';
import { InstallOptions, OperationOptions, RehearsalProps, UpgradeOptions } from './rehearsal-options';
import { RehearsedRequest, rehearse } from './rehearse';
import { RehearsedOperation } from './rehearsed-operation';
import { ReleaseState } from './release-state';
import { Stage } from './stage';

/** What is installed or upgraded, and how that is planned. */
interface Deployment {
  readonly manifests: Manifests;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly planner: Planner;
  readonly resumes: readonly Resumable[] | false;
}

/**
 * A release whose life is played on a simulated cluster, by the engine that plays it on a real one. Five minutes take no time there.
 *
 * What is expected of it throws a {@link MismatchError} where it does not hold.
 */
export class ReleaseRehearsal extends ReleaseState {
  readonly #stage: Stage;

  constructor(props: RehearsalProps = {}) {
    const { beside } = props;
    const stage = new Stage(props, beside && beside.#stage);
    super(stage);
    this.#stage = stage;
  }

  /** The cluster, to look at its objects, and to do what others do meanwhile: `cluster.at('2s', () => …)`. */
  get cluster(): SimulatedCluster {
    return this.#stage.cluster;
  }

  /**
   * Says what happens in a hook from now on. The name is checked when the next operation begins.
   *
   * @param name the object, `Kind/name`, or the construct of the chart
   */
  script(name: string, outcome: HookOutcome): this {
    this.#stage.script.set(name, outcome);
    return this;
  }

  /**
   * Installs the release.
   *
   * @throws BadInputError for manifests that Helm would lose or fail on; MismatchError for a script or a moment that never comes
   */
  async install(manifests: Manifests, { resume = false, values, ...options }: InstallOptions = {}): Promise<RehearsedOperation> {
    return rehearse(this.#stage, { operation: 'install', planner: this.#planner({ manifests, values, planner: planInstall, resumes: resume && ['install'] }), options, below: this.install });
  }

  /**
   * Upgrades the release.
   *
   * @throws as `install`
   */
  async upgrade(manifests: Manifests, { install = false, resume = false, values, ...options }: UpgradeOptions = {}): Promise<RehearsedOperation> {
    const [deploy, resumable] = install ? [planUpgradeOrInstall, ['upgrade', 'install'] as const] : [planUpgrade, ['upgrade'] as const];
    const planner = this.#planner({ manifests, values, planner: deploy, resumes: resume && resumable });
    return rehearse(this.#stage, { operation: 'upgrade', planner, options, below: this.upgrade });
  }

  /**
   * Rolls the release back.
   *
   * @param to the revision; without it the one before the last
   * @throws MismatchError for a script or a moment that never comes
   */
  async rollback(to?: number, options: OperationOptions = {}): Promise<RehearsedOperation> {
    return rehearse(this.#stage, { operation: 'rollback', planner: (history, plan) => planRollback(history, to, plan), options, below: this.rollback });
  }

  /**
   * Uninstalls the release.
   *
   * @throws MismatchError for a script or a moment that never comes
   */
  async uninstall(options: OperationOptions = {}): Promise<RehearsedOperation> {
    return rehearse(this.#stage, { operation: 'uninstall', planner: planUninstall, options, below: this.uninstall });
  }

  /**
   * Runs the tests of the release.
   *
   * @param filter the names of the hooks that run, or do not; without it all run
   * @throws MismatchError for a script or a moment that never comes
   */
  async test(filter: Partial<TestFilter> = {}, options: OperationOptions = {}): Promise<RehearsedOperation> {
    const names = { only: [], except: [], ...filter };
    return rehearse(this.#stage, { operation: 'test', planner: (history, plan) => planTest(history, names, plan), options, below: this.test });
  }

  /**
   * Lets time pass; what is left running goes on meanwhile.
   *
   * @param time such as `10s`, `5m` or `1h`
   * @throws RangeError where it is no duration
   */
  wait(time: string): Promise<void> {
    return this.cluster.clock.sleep(milliseconds(time));
  }

  /** Plans with what the manifests hold in the revision that is made, or goes on with an operation that failed. */
  #planner({ manifests, values, planner, resumes }: Deployment): RehearsedRequest['planner'] {
    const { release, namespace } = this.#stage;
    const first = this.#stage.read(manifests, { revision: 1, isInstall: true, values: values ?? {} });
    const source: ContentSource = async ({ revision, isInstall }) => ({
      content: haveValues(manifests) ? this.#stage.read(manifests, { revision, isInstall, values: values ?? {} }) : first,
      ...(values === undefined ? {} : { values: { config: values, defaults: {} } }),
    });
    return async (history, options, cluster) =>
      resumes
        ? planResumeFrom(source, history, await findResumption(cluster, { release, namespace }, history, resumes), options)
        : planFromSource(planner, history, withSuccesses(source, cluster), options);
  }
}
