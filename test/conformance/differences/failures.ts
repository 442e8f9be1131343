import { Difference } from '../behaviour';

/** What we do besides when an operation has failed. */
export const FAILURES: Readonly<Record<string, Difference>> = {
  'events-on-failure': {
    row: 'on-failure',
    lines: [
      '+ create Job/notify',
      '+ left: Job/notify succeeded',
      '+ left: web v2 hook Job/notify#36d3fd on-failure 0 before-hook-creation Succeeded',
    ],
  },
  'events-always': {
    row: 'always',
    lines: [
      '+ create Job/page-down',
      '+ left: Job/page-down succeeded',
      '- left: web v2 hook Job/page-down#a00366 post-upgrade 0 before-hook-creation never ran',
      '+ left: web v2 hook Job/page-down#a00366 post-upgrade 0 before-hook-creation Succeeded',
    ],
  },
};
