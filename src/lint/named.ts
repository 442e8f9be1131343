import { Reference } from '../vocabulary';
import { HookSubject, LintedRelease, Subject, isHook, shareNamespace } from './subject';

function matches({ kind, name }: Reference, from: Subject, candidate: Subject): boolean {
  return candidate.object.kind === kind && candidate.object.apiVersion === 'v1' && candidate.name === name && shareNamespace(candidate, from);
}

/** The resource of the release that is referred to. Nothing where a hook of that name exists, too: then somebody else has the say. */
export function resourceNamed(reference: Reference, from: Subject, { subjects }: LintedRelease): Subject | undefined {
  const found = subjects.filter((each) => matches(reference, from, each));
  return found.some(isHook) ? undefined : found.at(0);
}

/** The hooks of the release that are referred to. Nothing where a resource of that name exists, too. */
export function hooksNamed(reference: Reference, from: Subject, { subjects }: LintedRelease): readonly HookSubject[] {
  const found = subjects.filter((each) => matches(reference, from, each));
  return found.every(isHook) ? found.filter(isHook) : [];
}
