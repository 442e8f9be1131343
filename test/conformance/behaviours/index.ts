import { Behaviour } from '../behaviour';
import { CLOSELY } from './closely';
import { EVENTS } from './events';
import { FAILURES } from './failures';
import { FLAGS } from './flags';
import { KINDS_OF_HOOKS } from './kinds';
import { ORDER } from './order';
import { POLICY } from './policies';
import { RELEASES } from './releases';
import { RESOURCES } from './resources';
import { WAITING } from './waiting';

/** Every behaviour that is compared. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...ORDER, ...EVENTS, ...POLICY, ...KINDS_OF_HOOKS, ...FAILURES, ...RELEASES, ...RESOURCES, ...WAITING, ...FLAGS, ...CLOSELY,
];
