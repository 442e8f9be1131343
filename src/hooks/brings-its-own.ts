import { ApiObject } from 'cdk8s';
import { sampleText } from '../tokens';
import { HOOK, KubeObject, describeRef, readAlways, references } from '../vocabulary';
import { declareHook, runAfter } from './declare-hook';
import { declaredHook, handWrittenHook } from './hook';
import { RoleReference, roleFor } from './role-for';

/** An object of the app, and what it is now. */
interface Found {
  readonly apiObject: ApiObject;
  readonly json: KubeObject;
}

function objectsOf(apiObject: ApiObject): Found[] {
  const all = apiObject.node.root.node.findAll().filter((each) => ApiObject.isApiObject(each)) as ApiObject[];
  return all.map((each) => ({ apiObject: each, json: each.toJson() as KubeObject }));
}

/** What the object refers to, directly or by a role that is bound to its service account. */
function neededBy(json: KubeObject, all: readonly Found[]): Found[] {
  const isHere = ({ metadata }: KubeObject) => metadata.namespace === json.metadata.namespace;
  const isIt = ({ kind, name }: RoleReference, other: KubeObject) => other.kind === kind && other.metadata.name === name && isHere(other);
  const find = (reference: RoleReference) => all.filter((each) => isIt(reference, each.json));
  // A claim that is a hook would lose its data.
  const needed = references(json).filter(({ kind }) => kind !== 'PersistentVolumeClaim');
  const bindings = needed.filter(({ kind }) => kind === 'ServiceAccount').flatMap(({ name }) =>
    all.flatMap((each) => {
      const role = roleFor(name, each.json);
      return role ? [each, ...all.filter(({ json: { kind, metadata } }) => kind === role.kind && metadata.name === role.name)] : [];
    }));
  return [...new Set([...needed.flatMap(find), ...bindings])];
}

/** Makes hooks of what a hook refers to, and lets it run after them. */
export function bringItsOwn(apiObject: ApiObject): void {
  const { events, construct } = declaredHook(apiObject)!;
  const all = objectsOf(apiObject);
  const hook = all.find((each) => each.apiObject === apiObject)!;
  const own = neededBy(hook.json, all);
  if (own.length === 0) throw new Error(`${construct.node.path} refers to no object of this app that it could bring. Declare those first.`);

  const always = readAlways(hook.json.metadata.annotations ?? {}) === true;
  const others = all.filter(({ json }) => json.metadata.annotations?.[HOOK] === undefined);
  for (const each of own) {
    const what = sampleText(describeRef({ kind: each.json.kind, name: each.json.metadata.name! }));
    const before = declaredHook(each.apiObject) ?? handWrittenHook(each.apiObject);
    const missing = events.filter((event) => before && !before.events.includes(event));
    if (missing.length > 0) {
      throw new Error(`${construct.node.path} needs ${what}, which is a hook already, but not at ${missing.join(', ')}. Name these events there, too.`);
    }
    if (always && before && readAlways(each.json.metadata.annotations ?? {}) !== true) {
      throw new Error(`${construct.node.path} runs in any case, and needs ${what}, which is a hook already, but may not run. Say always there, too.`);
    }
    const user = before ? undefined : others.find(({ json }) => neededBy(json, all).includes(each));
    if (user) {
      const shared = sampleText(describeRef({ kind: user.json.kind, name: user.json.metadata.name! }));
      throw new Error(`${construct.node.path} cannot bring ${what}, which ${shared} uses as well: a hook is deleted and made anew. Give the hook one of its own.`);
    }
    if (!before) declareHook(each.apiObject, { events, deletePolicies: ['before-hook-creation', 'hook-succeeded'], always, after: [] });
  }
  runAfter(apiObject, own.map((each) => each.apiObject));
}
