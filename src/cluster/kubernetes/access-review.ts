import { Access } from '../cluster';
import { isClusterError } from '../cluster-error';
import { sideBySide } from '../side-by-side';
import { Call } from './transport';

type Ask = (call: Call) => Promise<{ readonly body: unknown }>;

/** Reviews that are under way at a time: each connection costs a handshake. */
const AT_A_TIME = 4;

const API = '/apis/authorization.k8s.io/v1';

/** A rule as a SelfSubjectRulesReview shows it. */
interface ResourceRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
}

interface RulesStatus {
  readonly incomplete?: boolean;
  readonly evaluationError?: string;
  readonly resourceRules?: readonly ResourceRule[];
}

function includes(words: readonly string[] = [], word: string): boolean {
  return words.includes('*') || words.includes(word);
}

/** RBAC's own reading of a rule: pkg/apis/rbac/v1/evaluation_helpers.go. */
export function allows({ verbs, apiGroups, resources = [], resourceNames = [] }: ResourceRule, { verb, group, resource, name }: Access): boolean {
  const part = resource.split('/')[1];
  const isResource = includes(resources, resource) || (part !== undefined && resources.includes(`*/${part}`));
  const isName = resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name));
  return includes(verbs, verb) && includes(apiGroups, group) && isResource && isName;
}

function describe({ verb, group, resource, namespace }: Access): string {
  return `the access review of ${verb} ${group ? `${resource}.${group}` : resource} in ${namespace ? `namespace ${namespace}` : 'the cluster'}`;
}

/** What the user may do in a namespace, in one question. An answer that lacks something may also say too much, so it counts for nothing. */
async function rulesOf(ask: Ask, namespace: string): Promise<readonly ResourceRule[]> {
  const target = `the rules of access in namespace ${namespace}`;
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } };
  try {
    const answer = await ask({ verb: 'create', target, method: 'POST', path: `${API}/selfsubjectrulesreviews`, body });
    const { incomplete = true, evaluationError, resourceRules = [] } = (answer.body as { readonly status?: RulesStatus }).status ?? {};
    return incomplete || evaluationError ? [] : resourceRules;
  } catch (error) {
    if (!isClusterError(error) || isClusterError(error, 'unreachable')) throw error;
    return []; // each access is asked for by itself then
  }
}

async function isDenied(ask: Ask, access: Access): Promise<boolean> {
  const { verb, group, resource: path, namespace, name } = access;
  const [resource, subresource] = path.split('/');
  const spec = { resourceAttributes: { verb, group, resource, subresource, namespace, name } };
  const body = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec };
  const answer = await ask({ verb: 'create', target: describe(access), method: 'POST', path: `${API}/selfsubjectaccessreviews`, body });
  return (answer.body as { readonly status?: { readonly allowed?: boolean } }).status?.allowed !== true;
}

/** Does something with each item, a few at a time. */
async function pooled<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for await (const result of sideBySide(items, AT_A_TIME, work)) results.push(result);
  return results;
}

/**
 * Which accesses the user does not have.
 *
 * One SelfSubjectRulesReview a namespace proves most of them where RBAC decides; each of the others gets its SelfSubjectAccessReview, whose word is final.
 */
export async function denied(ask: Ask, accesses: readonly Access[]): Promise<Access[]> {
  const namespaces = [...new Set(accesses.flatMap(({ namespace }) => namespace ?? []))];
  const rules = new Map(await pooled(namespaces, async (namespace) => [namespace, await rulesOf(ask, namespace)] as const));
  const open = accesses.filter((access) => !(rules.get(access.namespace ?? '') ?? []).some((rule) => allows(rule, access)));
  const refused = await pooled(open, (access) => isDenied(ask, access));
  return open.filter((_, index) => refused[index]);
}
