import { DeletePolicyName } from '../vocabulary';
import { Fields, describeDifference, firstDifference } from './difference';
import { FoundHook, guess, hookLines, meantBy, nameOf } from './found-hook';
import { Assertion, MismatchError } from './mismatch-error';

/**
 * Some hooks of a release, and what a test expects of them.
 *
 * An expectation that holds returns the hooks, so that the next can follow; the first that does not throws a {@link MismatchError}. Names are those of
 * objects (`shop-migrate`), `Kind/name` (`Job/shop-migrate`), or, where the hooks come from a chart, the path of the construct in it (`migrate`).
 */
export class HookSelection {
  /** The hooks, as the engine reads them. */
  readonly hooks: readonly FoundHook[];
  /** What they are, such as `pre-upgrade hooks of chart shop`. */
  readonly what: string;

  constructor(hooks: readonly FoundHook[], what: string) {
    this.hooks = hooks;
    this.what = what;
  }

  /** The names of the objects, for expectations of your own. */
  get names(): readonly string[] {
    return this.hooks.map(({ ref }) => ref.name);
  }

  /**
   * Those of one name: one hook, or all that a construct holds.
   *
   * @throws MismatchError where there is none
   */
  named(name: string): HookSelection {
    const found = meantBy(name, this.hooks);
    if (found.length === 0) throw this.mismatch(`Expected a hook "${name}" among the ${this.what}, but there is none.${guess(name, this.hooks)}`, this.named);
    return new HookSelection(found, `hooks "${name}" among the ${this.what}`);
  }

  /**
   * There are so many.
   *
   * @param expected how many hooks; 0 for none
   * @throws MismatchError where there are more, or fewer
   */
  count(expected: number): this {
    const { length } = this.hooks;
    if (length !== expected) throw this.mismatch(`Expected ${expected} ${this.what}, but there ${length === 1 ? 'is 1' : `are ${length}`}.`, this.count);
    return this;
  }

  /**
   * Each of them has all of these delete policies. A hook that names none has `before-hook-creation`, as in Helm.
   *
   * @throws MismatchError where one has not, or where there is no hook at all
   */
  withPolicy(...policies: readonly DeletePolicyName[]): this {
    for (const policy of policies) {
      this.#each(`with delete policy ${policy}`, ({ deletePolicies }) => !deletePolicies.includes(policy) && `has ${deletePolicies.join(', ')}`, this.withPolicy);
    }
    return this;
  }

  /**
   * Each of them has this weight.
   *
   * @param weight lower weights run first; 0 where the manifest says nothing
   * @throws MismatchError where one has another, or where there is no hook at all
   */
  withWeight(weight: number): this {
    return this.#each(`with weight ${weight}`, (hook) => hook.weight !== weight && `has ${hook.weight}`, this.withWeight);
  }

  /**
   * The object of each of them has these fields; it may have more.
   *
   * @param fields such as `{ spec: { backoffLimit: 0 } }`
   * @throws MismatchError that names the first field that differs; or where there is no hook at all
   */
  matching(fields: Fields): this {
    return this.#each('with the fields given', ({ object }) => {
      const difference = firstDifference(fields, object);
      return difference !== undefined && `differs: ${describeDifference(difference)}`;
    }, this.matching);
  }

  /** An error that shows all of the hooks. */
  protected mismatch(message: string, below: Assertion): MismatchError {
    return new MismatchError(message, this.hooks.length === 0 ? [] : [`The ${this.what}:`, ...hookLines(this.hooks)], below);
  }

  /** What is said of each hook says nothing where there is none: such a test could not fail. */
  #each(expected: string, wrong: (hook: FoundHook) => string | false, below: Assertion): this {
    if (this.hooks.length === 0) throw this.mismatch(`Expected ${this.what} ${expected}, but there are none.`, below);
    const [only, ...more] = this.hooks;
    for (const hook of this.hooks) {
      const problem = wrong(hook);
      const [all, one] = more.length === 0 ? [nameOf(only), 'it'] : [`every one of the ${this.what}`, nameOf(hook)];
      if (problem !== false) throw this.mismatch(`Expected ${all} ${expected}, but ${one} ${problem}.`, below);
    }
    return this;
  }
}
