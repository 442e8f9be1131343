import { withoutPlaceholders } from '../../../src/lifecycle/diff/placeholders';

const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
const ANSWER = service({ type: 'NodePort', clusterIP: '10.96.0.0', clusterIPs: ['10.96.0.0'], ports: [{ port: 80, nodePort: 32769 }, { port: 81, nodePort: 30001 }] });

test('a new Service has no address and no port that it did not ask for', () => {
  const manifest = service({ type: 'NodePort', ports: [{ port: 80 }, { port: 81, nodePort: 30001 }] });
  expect(withoutPlaceholders(ANSWER, [undefined, manifest]).spec).toEqual({ type: 'NodePort', ports: [{ port: 80 }, { port: 81, nodePort: 30001 }] });
});

test('what the live one has stays', () => {
  expect(withoutPlaceholders(ANSWER, [ANSWER, service({})])).toEqual(ANSWER);
});

test.each([['ConfigMap', { ...ANSWER, kind: 'ConfigMap' }], ['Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'x' } }]])('any other %s stays as it is', (_, answer) => {
  expect(withoutPlaceholders(answer, [])).toBe(answer);
});
