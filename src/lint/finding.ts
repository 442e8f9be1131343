import { FieldPath, describeRef } from '../vocabulary';
import { Severity } from './rule';
import { Place, Subject } from './subject';

/** Something that a rule has found. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: Severity;
  /** The line is that of the field, as far as it is there, else the document's. */
  readonly place: Place;
  /** `Kind/name`, or the kind alone where the object has no name. */
  readonly object: string;
  /** The field that is wrong or missing: keys and indices, from the outside. */
  readonly path?: FieldPath;
  readonly message: string;
  readonly remedy: string;
}

/** `Kind/name` of an object that may have no name. */
export function describeSubject({ object, name }: Subject): string {
  return name === '' ? object.kind : describeRef({ kind: object.kind, name });
}
