import { SimulatedCluster, milliseconds } from '../cluster/simulated';
import { TestFilter, planTest, planUninstall } from '../lifecycle';
import { HookOutcome } from './hook-outcome';
import { Manifests } from './manifests';
import { installPlanner, rollbackPlanner, upgradePlanner } from './planners';
import { InstallOptions, OperationOptions, RehearsalProps, UpgradeOptions } from './rehearsal-options';
import { rehearse } from './rehearse';
import { RehearsedOperation } from './rehearsed-operation';
import { ReleasePlans } from './release-plans';
import { ReleaseState } from './release-state';
import { Stage } from './stage';

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

  /** Plans of what the operations would do as the release is now: `release.plans.upgrade(chart)`. */
  get plans(): ReleasePlans {
    return new ReleasePlans(this.#stage);
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
  async install(manifests: Manifests, { resume, values, ...options }: InstallOptions = {}): Promise<RehearsedOperation> {
    const planner = installPlanner(this.#stage, manifests, { resume, values });
    return rehearse(this.#stage, { operation: 'install', planner, options, below: this.install });
  }

  /**
   * Upgrades the release.
   *
   * @throws as `install`
   */
  async upgrade(manifests: Manifests, { install, resume, values, ...options }: UpgradeOptions = {}): Promise<RehearsedOperation> {
    const planner = upgradePlanner(this.#stage, manifests, { install, resume, values });
    return rehearse(this.#stage, { operation: 'upgrade', planner, options, below: this.upgrade });
  }

  /**
   * Rolls the release back.
   *
   * @param to the revision; without it the one before the last
   * @throws MismatchError for a script or a moment that never comes
   */
  async rollback(to?: number, options: OperationOptions = {}): Promise<RehearsedOperation> {
    return rehearse(this.#stage, { operation: 'rollback', planner: rollbackPlanner(to), options, below: this.rollback });
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
}
