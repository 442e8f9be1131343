import { Plan, PlanOptions } from '../../../src/lifecycle';
import { describeRef } from '../../../src/vocabulary';

export const OPTIONS: PlanOptions = { release: 'web', namespace: 'shop' };

/** The steps of a plan as words, in their order. */
export function steps({ before, apply, remove, after }: Plan): string[] {
  return [
    ...before.map(({ event, hook }) => `${event} ${hook.ref.name}`),
    ...[...apply, ...remove].map(({ action, resource }) => `${action} ${describeRef(resource.ref)}`),
    ...after.map(({ event, hook }) => `${event} ${hook.ref.name}`),
  ];
}

/** What planning threw, or the revision it starts from. */
export function refusalOf(plan: () => Plan): string {
  try {
    plan();
  } catch (error) {
    const { code, message, remedy } = error as { readonly code: string; readonly message: string; readonly remedy: string };
    return `${code}: ${message} | ${remedy}`;
  }
  return 'nothing';
}
