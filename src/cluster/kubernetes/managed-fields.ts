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

interface Fields {
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
