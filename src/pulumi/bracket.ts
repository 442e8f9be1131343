import * as pulumi from '@pulumi/pulumi';
import { AroundEvent } from '../lifecycle';
import { BracketInputs, BracketState, Side } from './bracket-state';
import { bareUrn } from './urn-of';

/**
 * What the process of Pulumi's dynamic provider runs to get the provider: text of a module, as Pulumi's own serialization of a provider makes it
 * (sdk/nodejs/cmd/dynamic-provider), but always the same. It is resolved from the folder of the program, also when there is no program to run any more.
 */
const PROVIDER = `exports.handler = () => {
  try {
    return require("cdk8s-lifecycle/pulumi-provider").provider;
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") error.message = "the hooks of this release are run by the package cdk8s-lifecycle, which is not installed here: run npm install cdk8s-lifecycle and try again. " + error.message;
    throw error;
  }
};
`;

/** Inputs of a bracket; those that it finds out itself are left out. */
export type BracketArgs = { readonly [K in keyof Omit<BracketInputs, 'side' | 'self' | 'dryRun'>]: pulumi.Input<BracketInputs[K]> };

const TYPES: Readonly<Record<Side, string>> = { opening: 'Opening', closing: 'Closing' };

/** What a bracket finds out itself: Pulumi makes outputs of what it sees among the inputs. */
const FOUND_OUT: Readonly<Record<Exclude<keyof BracketState, keyof BracketInputs>, undefined>> = {
  runId: undefined, event: undefined, revision: undefined, ran: undefined, pending: undefined, history: undefined, schemaVersion: undefined,
};

/** One end of a release: a resource whose creation, update and deletion run hooks. */
export class Bracket extends pulumi.CustomResource {
  /** The run of its hooks that was the last; not known in a preview in which they will run. */
  declare public readonly runId: pulumi.Output<string>;
  /** The event of that run. */
  declare public readonly event: pulumi.Output<AroundEvent>;
  /** How many changes there were. */
  declare public readonly revision: pulumi.Output<number>;
  /** The hooks of the last run, in order. */
  declare public readonly ran: pulumi.Output<BracketState['ran']>;

  constructor(side: Side, name: string, args: BracketArgs, options: pulumi.CustomResourceOptions) {
    const type = `pulumi-nodejs:dynamic/cdk8s-lifecycle:${TYPES[side]}`;
    const self = bareUrn(pulumi.createUrn(name, type, options.parent));
    super(type, name, { ...FOUND_OUT, ...args, side, self, dryRun: pulumi.runtime.isDryRun(), __provider: PROVIDER }, options);
  }
}
