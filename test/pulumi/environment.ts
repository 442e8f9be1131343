import NodeEnvironment from 'jest-environment-node';

/**
 * Gives the tests the real `process` and not jest's copy of it, whose events nothing emits: Pulumi's program host learns of errors that no program catches by
 * `unhandledRejection`. What is left in it afterwards jest must not clean up (`globalsCleanup` of the configuration): its traps call themselves for ever in
 * Pulumi's stores.
 */
export default class PulumiEnvironment extends NodeEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    this.global.process = process;
  }
}
