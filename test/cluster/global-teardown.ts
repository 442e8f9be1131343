import { down } from './down';
import { BROUGHT_UP } from './global-setup';

/** Takes the cluster down after a run that has brought it up; `KEEP_CLUSTER=1` leaves it. */
export default async function teardown(): Promise<void> {
  if (Reflect.get(globalThis, BROUGHT_UP) && !process.env.KEEP_CLUSTER) await down();
}
