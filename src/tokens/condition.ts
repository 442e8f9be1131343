import { TokenMeaning, registry } from './token';

/** Says on what it depends whether something is there: a truth that is known later. */
export function putUnder(thing: object, condition: TokenMeaning): void {
  registry().conditions.set(thing, condition);
}

/** What it depends on whether something is there; nothing for what always is. */
export function conditionOf(thing: object): TokenMeaning | undefined {
  return registry().conditions.get(thing);
}
