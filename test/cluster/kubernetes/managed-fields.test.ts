import { ManagedFieldsEntry, adoptUpdates, droppedFields, takesFromOthers } from '../../../src/cluster/kubernetes/managed-fields';

type Fields = NonNullable<ManagedFieldsEntry['fieldsV1']>;

function entry(manager: string, operation: 'Apply' | 'Update', fieldsV1: Fields, rest: Partial<ManagedFieldsEntry> = {}): ManagedFieldsEntry {
  return { manager, operation, apiVersion: 'v1', fieldsType: 'FieldsV1', fieldsV1, ...rest };
}

const A: Fields = { 'f:data': { 'f:a': {} } };
const B: Fields = { 'f:data': { 'f:b': {}, '.': {} }, 'f:metadata': { 'f:labels': {} } };
const BOTH: Fields = { 'f:data': { 'f:a': {}, 'f:b': {}, '.': {} }, 'f:metadata': { 'f:labels': {} } };
const OTHER = entry('kubectl', 'Update', A);
const STATUS = entry('helm', 'Update', { 'f:status': {} }, { subresource: 'status' });

test.each<[string, ManagedFieldsEntry[]]>([
  ['no entries', []],
  ['an Apply of its own', [entry('helm', 'Apply', A)]],
  ['entries of others', [OTHER, entry('other', 'Apply', B)]],
  ['an update of a subresource', [STATUS]],
])('an object with %s is left as it is', (_case, entries) => {
  expect(adoptUpdates(entries, 'helm')).toBeUndefined();
});

test.each<[string, ManagedFieldsEntry[], ManagedFieldsEntry[]]>([
  ['an update becomes an apply', [entry('helm', 'Update', A)], [entry('helm', 'Apply', A)]],
  ['an update joins the apply', [entry('helm', 'Apply', A), entry('helm', 'Update', B)], [entry('helm', 'Apply', BOTH)]],
  ['several updates become one apply', [entry('helm', 'Update', A), entry('helm', 'Update', B, { apiVersion: 'v2' })], [entry('helm', 'Apply', BOTH)]],
  ['those of others stay, in their order', [OTHER, entry('helm', 'Update', B), STATUS], [OTHER, STATUS, entry('helm', 'Apply', B)]],
  ['an entry without fields counts as empty', [entry('helm', 'Update', A), { manager: 'helm', operation: 'Update' }], [entry('helm', 'Apply', A)]],
])('%s', (_sentence, entries, adopted) => {
  expect(adoptUpdates(entries, 'helm')).toEqual(adopted);
});

describe('what an apply drops', () => {
  test.each<[string, Fields, ManagedFieldsEntry[], Fields]>([
    ['what its manager no longer states', BOTH, [entry('helm', 'Apply', A)], { 'f:data': { 'f:b': {} }, 'f:metadata': { 'f:labels': {} } }],
    ['nothing that somebody else owns', BOTH, [entry('helm', 'Apply', A), entry('other', 'Update', B)], {}],
    ['all of a map that nobody states any more', { 'f:data': { '.': {}, 'f:a': {} } }, [entry('helm', 'Apply', {})], { 'f:data': { '.': {}, 'f:a': {} } }],
    ['nothing of what is stated as before', BOTH, [entry('helm', 'Apply', BOTH)], {}],
  ])('%s', (_sentence, before, after, dropped) => {
    expect(droppedFields([entry('helm', 'Apply', before)], after, 'helm')).toEqual(dropped);
  });
});

test.each<[string, ManagedFieldsEntry[], ManagedFieldsEntry[], boolean]>([
  ['a field of somebody else that is ours now is taken', [OTHER], [entry('helm', 'Apply', A)], true],
  ['a field that both own is not', [OTHER], [entry('helm', 'Apply', A), OTHER], false],
  ['a field that was ours is not', [entry('helm', 'Update', A)], [entry('helm', 'Apply', A)], false],
])('%s', (_sentence, before, after, taken) => {
  expect(takesFromOthers(before, after, 'helm')).toBe(taken);
});
