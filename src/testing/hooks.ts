import type { App, Chart } from 'cdk8s';
import { executionOrder } from '../release';
import { HOOK_EVENTS, HookEventName, closest } from '../vocabulary';
import { HookSelection } from './hook-selection';
import { HooksOfEvent } from './hooks-of-event';
import { Manifests, readManifests } from './manifests';
import { MismatchError } from './mismatch-error';

/**
 * The hooks of a chart, as the engine and Helm read them from its manifests, and what a test expects of them.
 *
 * ```ts
 * Hooks.fromChart(chart).at('pre-upgrade').inOrder('backup', 'migrate').withPolicy('before-hook-creation');
 * ```
 */
export class Hooks extends HookSelection {
  /**
   * The hooks of a chart, or of all charts of an app.
   *
   * Those of a `HelmChartApp` are the hooks of a first revision named `release-name`, as `helm template` prints it.
   *
   * @param values what the user of a `HelmChartApp` says, as in a values.yaml; without it the defaults count
   * @throws BadInputError that lists what Helm would lose or fail on
   */
  static fromChart(chart: Chart | App, values: Readonly<Record<string, unknown>> = {}): Hooks {
    return new Hooks(chart, values);
  }

  /**
   * The hooks in YAML, such as what `helm template` and `cdk8s synth` print.
   *
   * @param yaml one or more documents
   * @throws BadInputError that lists what cannot be read, and what Helm would lose or fail on
   */
  static fromManifests(yaml: string): Hooks {
    return new Hooks(yaml);
  }

  readonly #of: string;

  private constructor(source: Manifests, values: Readonly<Record<string, unknown>> = {}) {
    const { content, constructOf, what } = readManifests(source, { release: 'release-name', namespace: 'default', revision: 1, isInstall: true, values });
    super(content.hooks.map((hook) => ({ ...hook, construct: constructOf(hook) })), `hooks of ${what}`);
    this.#of = what;
  }

  /**
   * The hooks of an event in the order in which they run; none where nothing runs.
   *
   * @param event such as `pre-upgrade`
   * @throws MismatchError where there is no such event
   */
  at(event: HookEventName): HooksOfEvent {
    if (!HOOK_EVENTS.includes(event)) {
      const near = closest(event, HOOK_EVENTS);
      throw new MismatchError(`There is no event "${event}".${near === undefined ? '' : ` Did you mean "${near}"?`}`, [`The events: ${HOOK_EVENTS.join(', ')}`], this.at);
    }
    return new HooksOfEvent(event, executionOrder(this.hooks, event), this.hooks, this.#of);
  }
}
