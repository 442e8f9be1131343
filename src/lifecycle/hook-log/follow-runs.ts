import { isUnfinished } from '../../release';
import { Together } from '../run/together';
import { Following, Run, followRun } from './follow-run';
import { chosen } from './hook-choice';
import { LogItem } from './log-item';

/** The runs of hooks in the order in which they begin, until the operation is over. */
async function* runsOf({ operation }: Following, choice: string | undefined): AsyncGenerator<Run, void> {
  for (let place = 0; ; place += 1) {
    const now = () => chosen(operation.hooks() ?? [], choice).at(place);
    const entry = (await operation.until([], now)) ?? chosen(await operation.final(), choice).at(place);
    if (!entry) return;
    yield { kind: 'run', place, entry, now };
  }
}

function hasEnded({ now }: Run): boolean {
  const entry = now();
  return entry !== undefined && !isUnfinished(entry);
}

/** The place of what finds the runs. */
const FINDER = -1;

/** Hooks that run side by side are followed at once, and their lines say whose they are from then on. */
export async function* followRuns(following: Following, choice: string | undefined): AsyncGenerator<LogItem, void> {
  const parts = new Together<number, LogItem | Run>();
  const followed = new Map<number, Run>();
  const beside = new Set<number>();
  const found: Run[] = [];
  parts.begin(FINDER, runsOf(following, choice));
  while (parts.size > 0 || found.length > 0) {
    // What was printed by a run that has ended comes before the next run: those two were not side by side.
    if (found.length > 0 && ![...followed.values()].some(hasEnded)) {
      const run = found.shift()!;
      for (const message of await following.secrets.read()) yield { kind: 'note', message };
      for (const place of followed.keys()) beside.add(place);
      if (isUnfinished(run.entry)) {
        if (followed.size > 0) beside.add(run.place);
        followed.set(run.place, run);
        parts.begin(run.place, followRun(following, run));
      } else {
        yield* followRun(following, run);
      }
      continue;
    }
    const news = await parts.next();
    if ('error' in news) throw news.error;
    if ('ended' in news) followed.delete(news.key);
    else if (news.happening.kind === 'run') found.push(news.happening);
    else if (news.happening.kind === 'line' && beside.has(news.key)) yield { ...news.happening, beside: true };
    else yield news.happening;
  }
}
