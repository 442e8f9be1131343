import { createHash, randomBytes, scryptSync } from 'node:crypto';
import { KubeObject, ObjectRef, describeRef, refOf, toJson } from '../vocabulary';

/** Says whether objects are still the same, without holding them. */
export interface Fingerprint {
  /** In hexadecimal digits. It makes what is known of one fingerprint useless for another. */
  readonly salt: string;
  /** SHA-256 of each object that is no Secret, by what people call it. */
  readonly objects: Readonly<Record<string, string>>;
  /** scrypt of all Secrets together, so that nobody who has the file can try many passwords in little time; empty where there are none. */
  readonly secrets: string;
}

function nameOf(ref: ObjectRef): string {
  const { namespace } = ref;
  return `${ref.apiVersion} ${describeRef(ref)}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}

/**
 * What says whether objects are still the same.
 *
 * @param salt that of another fingerprint, to compare the two
 */
export function fingerprintOf(objects: readonly KubeObject[], salt = randomBytes(16).toString('hex')): Fingerprint {
  const isSecret = ({ apiVersion, kind }: KubeObject) => apiVersion === 'v1' && kind === 'Secret';
  const digest = (text: string) => createHash('sha256').update(salt).update(text).digest('hex');
  const secrets = objects.filter(isSecret).map((object) => toJson(object)).sort();
  return {
    salt,
    objects: Object.fromEntries(objects.filter((object) => !isSecret(object)).map((object) => [nameOf(refOf(object)), digest(toJson(object))])),
    secrets: secrets.length === 0 ? '' : scryptSync(digest(secrets.join('\n')), salt, 32).toString('hex'),
  };
}

/** In which objects two fingerprints of the same salt differ, as parts of a sentence. */
export function fingerprintDifferences(before: Fingerprint, now: Fingerprint): string[] {
  const names = [...new Set([...Object.keys(before.objects), ...Object.keys(now.objects)])];
  const changes = names.flatMap((name) => {
    if (!(name in now.objects)) return [`${name} is missing`];
    if (!(name in before.objects)) return [`${name} is new`];
    return before.objects[name] === now.objects[name] ? [] : [`${name} is different`];
  });
  return before.secrets === now.secrets ? changes : [...changes, 'the Secrets are different'];
}

/** Which of some objects differ between two fingerprints of the same salt, as parts of a sentence. Of several Secrets nobody can say which. */
export function differencesAmong(refs: readonly ObjectRef[], before: Fingerprint, now: Fingerprint): string[] {
  const isSecret = ({ kind }: ObjectRef) => kind === 'Secret';
  const changes = refs.filter((ref) => !isSecret(ref)).flatMap((ref) => {
    const name = nameOf(ref);
    if (before.objects[name] === now.objects[name]) return [];
    if (!(name in now.objects)) return [`${describeRef(ref)} is gone`];
    return [`${describeRef(ref)} ${name in before.objects ? 'has changed' : 'is new'}`];
  });
  return before.secrets === now.secrets ? changes : [...changes, `${refs.filter(isSecret).map(describeRef).join(' or ')} has changed`];
}
