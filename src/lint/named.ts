import { FieldPath, Reference, describePath, pathsWhere } from '../vocabulary';
import { HookSubject, LintedRelease, Subject, isHook, shareNamespace } from './subject';

function allNamed({ kind, name }: Reference, from: Subject, release: LintedRelease): readonly Subject[] {
  return release.named(name).filter((each) => each.object.kind === kind && each.object.apiVersion === 'v1' && shareNamespace(each, from));
}

/** The resource of the release that is referred to. Nothing where a hook of that name exists, too: then somebody else has the say. */
export function resourceNamed(reference: Reference, from: Subject, release: LintedRelease): Subject | undefined {
  const found = allNamed(reference, from, release);
  return found.some((each) => isHook(each) || each.undecided) ? undefined : found.at(0);
}

/** The hooks of the release that are referred to. Nothing where a resource of that name exists, too. */
export function hooksNamed(reference: Reference, from: Subject, release: LintedRelease): readonly HookSubject[] {
  const found = allNamed(reference, from, release);
  return found.every((each) => isHook(each) && !each.undecided) ? found.filter(isHook) : [];
}

/** The fields that name an object of a kind: those that `references` reads. */
const NAMED_IN: Readonly<Record<Reference['kind'], RegExp>> = {
  ConfigMap: /\b(configMapKeyRef|configMapRef|configMap)\.name$/,
  PersistentVolumeClaim: /\bpersistentVolumeClaim\.claimName$/,
  Secret: /\b(secretKeyRef|secretRef|secret|nodePublishSecretRef|imagePullSecrets\[\d+\])\.(name|secretName)$/,
  ServiceAccount: /\bserviceAccount(Name)?$/,
};

/** Where an object names what it refers to. */
export function pathOfReference({ object }: Subject, { kind, name }: Reference): FieldPath {
  return pathsWhere(object, (path, value) => value === name && NAMED_IN[kind].test(describePath(path))).at(0) ?? ['spec'];
}
