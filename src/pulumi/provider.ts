/* What runs in the process of Pulumi's dynamic provider: bracket.ts holds the line that loads it. It must not load the SDK's index, which takes 0.4 s. */
import { BracketProvider } from './bracket-provider';
import { BracketInputs, BracketState } from './bracket-state';
import { connect } from './connect';
import { tellEngine } from './engine-log';
import { rowOf } from './row';

const brackets = new BracketProvider({ connect, row: (urn) => rowOf(tellEngine(urn)) });

/** The brackets of releases, as Pulumi's dynamic provider calls them. */
export const provider = {
  check: async (olds: Partial<BracketInputs>, news: BracketInputs) => ({ inputs: await brackets.check(olds, news) }),
  diff: (_id: string, olds: BracketState, news: BracketInputs) => brackets.diff(olds, news),
  create: (inputs: BracketInputs) => brackets.create(inputs),
  update: (id: string, olds: BracketState, news: BracketInputs) => brackets.update(id, olds, news),
  delete: (id: string, state: BracketState) => brackets.delete(id, state),
};
