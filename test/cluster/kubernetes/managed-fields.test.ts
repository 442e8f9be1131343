import { ManagedFieldsEntry, adoptUpdates } from '../../../src/cluster/kubernetes/managed-fields';

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
