/** Where a field stands in an object: the keys and indices that lead to it, from the outside inwards. */
export type FieldPath = readonly (string | number)[];

/** Where an annotation stands. */
export function annotationPath(key: string): FieldPath {
  return ['metadata', 'annotations', key];
}

/** `spec.template.spec.containers[0].image`, or `metadata.annotations["helm.sh/hook"]`. */
export function describePath(path: FieldPath): string {
  const steps = path.map((step) => (typeof step === 'string' && /^[\w-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`));
  return steps.join('').replace(/^\./, '');
}

/** The paths of all fields in a value that are sought, the outer ones first. */
export function pathsWhere(value: unknown, isSought: (path: FieldPath, value: unknown) => boolean, path: FieldPath = []): FieldPath[] {
  const isList = Array.isArray(value);
  const fields = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const within = fields.flatMap(([key, field]) => pathsWhere(field, isSought, [...path, isList ? Number(key) : key]));
  return isSought(path, value) ? [path, ...within] : within;
}

/** Where a part stands in the whole that it was taken from; the whole itself where it was not. */
export function pathTo(whole: unknown, part: unknown): FieldPath {
  return pathsWhere(whole, (_, value) => value === part).at(0) ?? [];
}
