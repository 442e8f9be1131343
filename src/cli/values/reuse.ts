import { RecordedChart } from '../../release';
import { coalesceTables, coalesceValues, isMap, Values } from '../../vocabulary';

/** What becomes of the values of the revision that is there: `--reset-values`, `--reuse-values`, `--reset-then-reuse-values`, or none of them. */
export type Reuse = 'reset' | 'reuse' | 'reset-then-reuse' | 'auto';

/** The values of the next revision. */
export interface NextValues {
  /** What counts as said by the user, and is recorded as that. */
  readonly values: Values;
  /** What counts in place of the chart's own defaults, where it has them. */
  readonly defaults?: Values;
}

/** A revision that was recorded, as far as its values go. */
export interface Before {
  readonly chart?: Pick<RecordedChart, 'values'>;
  readonly config?: Values;
}

/** The values that the templates of a recorded revision saw. */
export function recordedValues({ chart, config = {} }: Before): Values {
  return coalesceValues(isMap(chart?.values) ? chart.values : {}, config);
}

/** The values of the next revision, from what the user says now and what was recorded: pkg/action/upgrade.go, reuseValues. */
export function nextValues(given: Values, before: Before | undefined, reuse: Reuse): NextValues {
  const config = before?.config ?? {};
  if (before === undefined || reuse === 'reset') return { values: given };
  if (reuse === 'reuse') return { values: coalesceTables(given, config), defaults: recordedValues(before) };
  if (reuse === 'reset-then-reuse') return { values: coalesceTables(given, config) };
  return { values: Object.keys(given).length === 0 ? config : given };
}
