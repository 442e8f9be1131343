import { openJournal } from './journal-hook';
import { Operation, RunContext } from './run-context';
import { runHooks } from './run-hooks';

/** The tests of the last revision; its status stays what it is, but the record says how they ended. */
export async function* runTests(context: RunContext): Operation {
  yield* context.hold();
  await openJournal(context);
  yield* runHooks(context, context.plan.before);
}
