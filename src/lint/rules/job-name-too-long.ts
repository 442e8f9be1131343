import { hookRule } from '../rule';
import { isJob, isTemplate } from '../subject';

/** Longest value of a label: apimachinery, validation.LabelValueMaxLength. */
const LONGEST = 63;

/** A Job whose name fits into no label. */
export const jobNameTooLong = hookRule({
  id: 'job-name-too-long',
  severity: 'error',
  title: 'A Job whose name fits into no label',
  why: "A Job's name is a label of its Pods, and the API server refuses labels of more than 63 characters, when the turn of the hook comes.",
  check: ({ name, object }) => {
    if (!isJob(object) || name.length <= LONGEST || isTemplate(name)) return [];
    return [{ message: `the name of the Job has ${name.length} characters, and only ${LONGEST} fit into the label of its Pods`, remedy: 'Shorten it.', path: ['metadata', 'name'] }];
  },
});
