import { Difference } from '../behaviour';
import { FAILURES } from './failures';
import { IMPROVEMENTS } from './improvements';
import { INTERRUPTIONS } from './interruptions';
import { REFUSALS } from './refusals';
import { UNINSTALLS } from './uninstalls';

/** The differences of ours from both helms that are meant, by the behaviour that shows them. */
export const DIFFERENCES: Readonly<Record<string, Difference>> = { ...REFUSALS, ...INTERRUPTIONS, ...FAILURES, ...IMPROVEMENTS, ...UNINSTALLS };
