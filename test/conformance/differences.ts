import { Difference } from './behaviour';

/** The differences of ours from both helms that are meant, by the behaviour that shows them. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = {};
