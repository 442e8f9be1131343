import { Access, ClusterError } from '../../../src/cluster';
import { allows, denied } from '../../../src/cluster/kubernetes/access-review';
import { Call } from '../../../src/cluster/kubernetes/transport';

const GET: Access = { verb: 'get', group: 'batch', resource: 'jobs', namespace: 'shop', name: 'migrate' };
const RULE = { verbs: ['get'], apiGroups: ['batch'], resources: ['jobs'] };

describe('a rule is read as RBAC reads it', () => {
  test.each<[string, object, Partial<Access>, boolean]>([
    ['what it says', {}, {}, true],
    ['another verb', { verbs: ['list'] }, {}, false],
    ['every verb', { verbs: ['*'] }, {}, true],
    ['another group', { apiGroups: ['apps'] }, {}, false],
    ['every group', { apiGroups: ['*'] }, {}, true],
    ['another resource', { resources: ['pods'] }, {}, false],
    ['every resource', { resources: ['*'] }, { resource: 'jobs/status' }, true],
    ['the whole is not its parts', {}, { resource: 'jobs/status' }, false],
    ['a part of it', { resources: ['jobs/status'] }, { resource: 'jobs/status' }, true],
    ['a part of whatever it is', { resources: ['*/status'] }, { resource: 'jobs/status' }, true],
    ['a part is not the whole', { resources: ['*/status'] }, {}, false],
    ['its name', { resourceNames: ['migrate'] }, {}, true],
    ['another name', { resourceNames: ['seed'] }, {}, false],
    ['one name is not every name', { resourceNames: ['migrate'] }, { name: undefined }, false],
  ])('%s', (_, rule, access, expected) => {
    expect(allows({ ...RULE, ...rule }, { ...GET, ...access })).toBe(expected);
  });
});

type Spec = { readonly namespace: string; readonly resourceAttributes: { readonly verb: string } };

/** An API server whose rules review says this, and whose access reviews allow these verbs. */
function server(rules: object | ClusterError, allowed: readonly string[] = []) {
  const asked: string[] = [];
  const ask = async ({ path, body }: Call) => {
    const { spec } = body as { readonly spec: Spec };
    if (path.endsWith('selfsubjectrulesreviews')) {
      asked.push(`rules ${spec.namespace}`);
      if (rules instanceof ClusterError) throw rules;
      return { body: { status: rules } };
    }
    asked.push(JSON.stringify(spec.resourceAttributes));
    return { body: { status: { allowed: allowed.includes(spec.resourceAttributes.verb) } } };
  };
  return { ask, asked };
}

const LIST: Access = { verb: 'list', group: '', resource: 'pods/log', namespace: 'shop' };
const ASKED_LIST = '{"verb":"list","group":"","resource":"pods","subresource":"log","namespace":"shop"}';

test('what the rules of a namespace prove is asked for no further, and what they do not is', async () => {
  const { ask, asked } = server({ incomplete: false, resourceRules: [RULE] });
  expect(await denied(ask, [GET, LIST])).toEqual([LIST]);
  expect(asked).toEqual(['rules shop', ASKED_LIST]);
});

test.each<[string, object | ClusterError]>([
  ['are incomplete', { incomplete: true, resourceRules: [RULE] }],
  ['could not all be evaluated', { incomplete: false, evaluationError: 'role not found', resourceRules: [RULE] }],
  ['are no answer', {}],
  ['cannot be had', new ClusterError('forbidden', { verb: 'create', target: 'it' }, 'no', { status: 403 })],
])('rules that %s prove nothing: every access is asked for', async (_, rules) => {
  const { ask, asked } = server(rules, ['get']);
  expect(await denied(ask, [GET, LIST])).toEqual([LIST]);
  expect(asked).toHaveLength(3);
});

test('the rules of a namespace prove nothing for the whole cluster', async () => {
  const { ask, asked } = server({ incomplete: false, resourceRules: [RULE] });
  const everywhere = { ...GET, namespace: undefined };
  expect(await denied(ask, [GET, everywhere])).toEqual([everywhere]);
  expect(asked).toHaveLength(2);
});

test('a server that cannot be reached is not asked again and again', async () => {
  const { ask, asked } = server(new ClusterError('unreachable', { verb: 'create', target: 'it' }, 'no route'));
  await expect(denied(ask, [GET, LIST])).rejects.toThrow('no route');
  expect(asked).toEqual(['rules shop']);
});

test('no more than four reviews run at a time', async () => {
  let [running, most] = [0, 0];
  const ask = async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { body: { status: { allowed: true } } };
  };
  const accesses = Array.from({ length: 20 }, (_, index) => ({ ...GET, name: `job-${index}`, namespace: undefined }));
  expect(await denied(ask, accesses)).toEqual([]);
  expect(most).toBe(4);
});
