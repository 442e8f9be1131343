import { hookRule } from '../rule';

/** A hook with no fixed name. */
export const hookWithoutName = hookRule({
  id: 'hook-without-name',
  severity: 'error',
  title: 'A hook with no fixed name',
  why: 'Helm finds the object of a hook by its name: of one with `generateName` it can delete nothing, Helm 4 cannot even create it.',
  check: ({ name, object: { metadata } }) => {
    if (name !== '') return [];
    const what = metadata.generateName === undefined ? 'the hook has no metadata.name' : 'the hook has metadata.generateName instead of a name';
    return [{ message: what, remedy: 'Give it a fixed metadata.name, and the delete policy before-hook-creation.', path: ['metadata', 'generateName'] }];
  },
});
