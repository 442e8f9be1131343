import { JournaledHook } from '../../release';
import { closest } from '../../vocabulary';
import { RefusedError } from '../plan';

/** A hook by its names. */
export interface Candidate {
  readonly kind: string;
  readonly name: string;
  readonly events: readonly string[];
}

function namesOf({ kind, name, events }: Candidate): string[] {
  return [name, `${kind}/${name}`, ...events.map((event) => `${event}/${name}`)];
}

function candidate({ event, hook }: JournaledHook): Candidate {
  return { kind: hook.kind, name: hook.name, events: [event] };
}

/** Only these run containers. */
function canPrint({ kind }: { readonly kind: string }): boolean {
  return kind === 'Job' || kind === 'Pod';
}

/** The runs that a choice means, of hooks that can print something; without a choice all of them. */
export function chosen(hooks: readonly JournaledHook[], choice: string | undefined): JournaledHook[] {
  return hooks.filter((entry) => canPrint(entry.hook) && (choice === undefined || namesOf(candidate(entry)).includes(choice)));
}

/** Whose hooks are chosen from. */
export interface ChoiceOf {
  readonly release: string;
  readonly revision: number;
  /** Those that it has, whether or not they have run. */
  readonly hooks: readonly Candidate[];
}

/** @throws RefusedError where the revision has no hook of that name, or none that prints */
export function checkChoice(choice: string, { release, revision, hooks }: ChoiceOf, run: readonly JournaledHook[]): void {
  const known = [...hooks, ...run.map(candidate)];
  const meant = known.filter((each) => namesOf(each).includes(choice));
  if (meant.some(canPrint)) return;
  const whose = `Revision ${revision} of release "${release}"`;
  if (meant.length > 0) throw new RefusedError(`${meant[0].kind}/${meant[0].name} runs no container, so it has no log`, 'Only Jobs and Pods have logs.');
  const printing = known.filter(canPrint);
  const guess = closest(choice, printing.flatMap(namesOf));
  const all = [...new Set(printing.map(({ kind, name }) => `${kind}/${name}`))];
  throw new RefusedError(
    `${whose} has no hook "${choice}"`,
    guess !== undefined ? `Did you mean "${guess}"?` : all.length > 0 ? `Its hooks are ${all.join(', ')}.` : 'It has no hooks that print anything.',
  );
}
