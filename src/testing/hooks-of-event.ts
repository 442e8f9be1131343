import { HookEventName } from '../vocabulary';
import { FoundHook, guess, meantBy, nameOf } from './found-hook';
import { HookSelection } from './hook-selection';
import { Assertion } from './mismatch-error';

/** What a test expects of the order, and the assertion that says so. */
interface Expected {
  readonly text: string;
  readonly below: Assertion;
}

/** The hooks of one event, in the order in which they run: by weight, then by name. */
export class HooksOfEvent extends HookSelection {
  readonly event: HookEventName;
  /** All hooks of the release, to say where one is that is not here. */
  readonly #all: readonly FoundHook[];

  constructor(event: HookEventName, hooks: readonly FoundHook[], all: readonly FoundHook[], of: string) {
    super(hooks, `${event} hooks of ${of}`);
    this.event = event;
    this.#all = all;
  }

  /**
   * These run, one after the other; others may run before, between and after them.
   *
   * @param names objects, `Kind/name`, or constructs of the chart
   * @throws MismatchError where one does not run at the event, or runs earlier than the one named before it
   */
  inOrder(...names: readonly string[]): this {
    const expected = { text: `Expected the ${this.what} in the order ${names.join(', ')}`, below: this.inOrder };
    const places = names.map((name) => this.#place(name, expected));
    const wrong = places.findIndex((place, index) => index > 0 && place <= places[index - 1]);
    if (wrong < 0) return this;
    const why = places[wrong] === places[wrong - 1] ? `"${names[wrong]}" runs once` : `"${names[wrong]}" runs before "${names[wrong - 1]}"`;
    throw this.mismatch(`${expected.text}, but ${why}.`, this.inOrder);
  }

  /**
   * These run in this order, and nothing else does.
   *
   * @param names objects, `Kind/name`, or constructs of the chart; none where nothing runs
   * @throws MismatchError where one does not run at the event, another does, or the order is different
   */
  exactly(...names: readonly string[]): this {
    const expected = { text: `Expected the ${this.what} to be exactly ${names.join(', ') || 'none'}`, below: this.exactly };
    const places = names.map((name) => this.#place(name, expected));
    const extra = this.hooks.find((_, index) => !places.includes(index));
    if (extra) throw this.mismatch(`${expected.text}, but ${nameOf(extra)} runs, too.`, this.exactly);
    const wrong = places.findIndex((place, index) => place !== index);
    if (wrong < 0) return this;
    const instead = wrong < this.hooks.length ? `${nameOf(this.hooks[wrong])} runs where "${names[wrong]}" was expected` : `"${names[wrong]}" runs once`;
    throw this.mismatch(`${expected.text}, but ${instead}.`, this.exactly);
  }

  /** The place of the one hook that a name means. */
  #place(name: string, { text, below }: Expected): number {
    const found = meantBy(name, this.hooks);
    if (found.length === 1) return this.hooks.indexOf(found[0]);
    if (found.length > 1) throw this.mismatch(`${text}, but "${name}" is more than one: ${found.map(nameOf).join(', ')}. Name the one that you mean.`, below);
    const elsewhere = [...new Set(meantBy(name, this.#all).flatMap(({ events }) => events))];
    const why = elsewhere.length > 0 ? `"${name}" runs at ${elsewhere.join(', ')}.` : `there is no hook "${name}".${guess(name, this.#all)}`;
    throw this.mismatch(`${text}, but ${why}`, below);
  }
}
