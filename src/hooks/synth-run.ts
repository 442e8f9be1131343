import { App } from 'cdk8s';
import { IConstruct } from 'constructs';

const RUNS = new WeakMap<IConstruct, SynthRun>();

/**
 * The synth of an app, and what was found out since it began.
 *
 * cdk8s validates all of an app when a synth begins, and again before each chart that it writes (lib/app.js, synth and _synthChart). What takes as long as
 * writing everything is done once. Nobody is told that a synth begins, so its two methods are wrapped; where they cannot be, such as by an override in Python,
 * everything is done each time.
 */
export class SynthRun {
  /** The synth of the app that a construct belongs to. */
  static of({ node: { root } }: IConstruct): SynthRun {
    const run = RUNS.get(root) ?? new SynthRun(root);
    RUNS.set(root, run);
    return run;
  }

  /** Nothing while no synth goes on. */
  #found: Map<object, unknown> | undefined;

  private constructor(root: IConstruct) {
    if (!(root instanceof App)) return;
    const { synth, synthYaml } = root;
    Reflect.defineProperty(root, 'synth', { configurable: true, writable: true, value: () => this.#during(() => synth.call(root)) });
    Reflect.defineProperty(root, 'synthYaml', { configurable: true, writable: true, value: () => this.#during(() => synthYaml.call(root)) });
  }

  /** What somebody finds: once a synth, and every time outside of one. */
  once<T>(finder: object, find: () => T): T {
    if (!this.#found) return find();
    if (!this.#found.has(finder)) this.#found.set(finder, find());
    return this.#found.get(finder) as T;
  }

  #during<T>(synth: () => T): T {
    if (this.#found) return synth();
    this.#found = new Map();
    try {
      return synth();
    } finally {
      this.#found = undefined;
    }
  }
}
