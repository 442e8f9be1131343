/** An entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: 'Apply' | 'Update';
  readonly apiVersion?: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsType?: string;
  readonly fieldsV1?: Fields;
}

/** A set of fields: a tree of `f:NAME`, `k:{KEYS}`, `v:VALUE`, and `.` for the thing itself. */
export interface Fields {
  readonly [path: string]: Fields;
}

function union(a: Fields, b: Fields): Fields {
  const merged: Record<string, Fields> = { ...a };
  for (const [key, value] of Object.entries(b)) merged[key] = merged[key] ? union(merged[key], value) : value;
  return merged;
}

/**
 * Turns what a manager owns by updates (as Helm 3 does it) into what it owns by apply, so that its next apply can drop fields and meets no conflict with itself.
 *
 * The same step as client-go's csaupgrade.UpgradeManagedFields.
 *
 * @returns nothing where there is nothing to do
 */
export function adoptUpdates(entries: readonly ManagedFieldsEntry[], manager: string): ManagedFieldsEntry[] | undefined {
  const isOwn = (entry: ManagedFieldsEntry) => entry.manager === manager && !entry.subresource;
  const updates = entries.filter((entry) => isOwn(entry) && entry.operation === 'Update');
  if (updates.length === 0) return undefined;
  const applied = entries.find((entry) => isOwn(entry) && entry.operation === 'Apply');
  const base: ManagedFieldsEntry = applied ?? { ...updates[0], operation: 'Apply' };
  const fieldsV1 = updates.reduce((fields, entry) => union(fields, entry.fieldsV1 ?? {}), base.fieldsV1 ?? {});
  return [...entries.filter((entry) => entry !== applied && !updates.includes(entry)), { ...base, fieldsV1 }];
}

/** The fields of a set that are in none of the others; what holds one of another set stays itself, too. */
function fieldsWithout(fields: Fields, others: readonly Fields[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, child]) => {
      const theirs = others.flatMap((other) => (other[key] ? [other[key]] : []));
      if (theirs.length === 0) return [[key, child]];
      const { '.': _itself, ...rest } = fieldsWithout(child, theirs);
      return Object.keys(rest).length > 0 ? [[key, rest]] : [];
    }),
  );
}

function fieldsOfOthers(entries: readonly ManagedFieldsEntry[], manager: string): Fields[] {
  return entries.filter((entry) => entry.manager !== manager || entry.subresource).map(({ fieldsV1 = {} }) => fieldsV1);
}

function appliedFields(entries: readonly ManagedFieldsEntry[], manager: string): Fields {
  return entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource)?.fieldsV1 ?? {};
}

/** Whether an apply has taken fields that another manager owned. */
export function takesFromOthers(before: readonly ManagedFieldsEntry[], after: readonly ManagedFieldsEntry[], manager: string): boolean {
  const others = fieldsOfOthers(after, manager);
  return fieldsOfOthers(before, manager).some((fields) => Object.keys(fieldsWithout(fields, others)).length > 0);
}

/** The fields that a manager had applied and no longer does, and that nobody else owns: an apply drops them. */
export function droppedFields(before: readonly ManagedFieldsEntry[], after: readonly ManagedFieldsEntry[], manager: string): Fields {
  return fieldsWithout(appliedFields(before, manager), [appliedFields(after, manager), ...fieldsOfOthers(after, manager)]);
}
