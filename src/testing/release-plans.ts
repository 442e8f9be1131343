import { RecordStore, planUninstall, savedPlan } from '../lifecycle';
import { Manifests } from './manifests';
import { RehearsedPlanner, installPlanner, rollbackPlanner, upgradePlanner } from './planners';
import { InstallOptions, OperationOptions, RunnerOptions, UpgradeOptions } from './rehearsal-options';
import { RehearsedPlan } from './rehearsed-plan';
import { Stage } from './stage';

type Planned<Options> = Omit<Options, keyof RunnerOptions>;

/** Plans of what operations on a release would do; they change nothing. What cannot be planned rejects with the error that people would see. */
export class ReleasePlans {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Plans an install. */
  async install(manifests: Manifests, { resume, values, ...options }: Planned<InstallOptions> = {}): Promise<RehearsedPlan> {
    return this.#plan(installPlanner(this.#stage, manifests, { resume, values }), options);
  }

  /** Plans an upgrade. */
  async upgrade(manifests: Manifests, { install, resume, values, ...options }: Planned<UpgradeOptions> = {}): Promise<RehearsedPlan> {
    return this.#plan(upgradePlanner(this.#stage, manifests, { install, resume, values }), options);
  }

  /** Plans a rollback, without a revision to the one before the last. */
  async rollback(to?: number, options: Planned<OperationOptions> = {}): Promise<RehearsedPlan> {
    return this.#plan(rollbackPlanner(to), options);
  }

  /** Plans the end of the release. */
  async uninstall(options: Planned<OperationOptions> = {}): Promise<RehearsedPlan> {
    return this.#plan(planUninstall, options);
  }

  async #plan(planner: RehearsedPlanner, options: Planned<OperationOptions>): Promise<RehearsedPlan> {
    const { release, namespace, cluster } = this.#stage;
    const history = await new RecordStore(cluster, release, namespace).history();
    const plan = await planner(history, { ...options, release, namespace }, cluster);
    return new RehearsedPlan(savedPlan(plan, history, cluster.clock.now().toISOString()), (ref) => this.#stage.named(ref));
  }
}
