import { Behaviour } from '../behaviour';
import { ORDER } from './order';

/** Every behaviour that is compared. */
export const BEHAVIOURS: readonly Behaviour[] = [...ORDER];
