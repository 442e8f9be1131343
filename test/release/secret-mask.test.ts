import { maskManifests } from '../../src/release';

const SECRET = `---
# Source: web/templates/a.yaml
# the password is canary-zero
apiVersion: v1
kind: Secret
metadata:
  name: creds
  annotations:
    kept: "yes"
    kubectl.kubernetes.io/last-applied-configuration: '{"stringData":{"password":"canary-one"}}'
type: Opaque
stringData:
  password: canary-one # not canary-two
data: {user: Y2FuYXJ5}
`;

const OTHER = `---
# Source: web/templates/b.yaml
# a comment
apiVersion:   v1
kind: ConfigMap
metadata: {name: settings}
`;

test('a Secret is written anew with its keys and masks, everything else stays as it is', () => {
  expect(maskManifests(OTHER + SECRET + OTHER)).toBe(`${OTHER}---
# Source: web/templates/a.yaml
apiVersion: v1
kind: Secret
metadata:
  name: creds
  annotations:
    kept: 'yes'
type: Opaque
stringData:
  password: '***'
data:
  user: '***'
${OTHER}`);
});

test.each([
  ['on one line behind the separator', '---{"apiVersion":"v1","kind":"Secret","data":{"a":"canary"}}'],
  ['with its kind in escapes', '{"apiVersion":"v1","kind":"\\u0053ecret","data":{"a":"canary"}}'],
  ['in a list', 'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap}\n- {apiVersion: v1, kind: Secret, data: {a: canary}}\n'],
  ['with a misspelt field', 'kind: Secret\napiVersion: v1\ndtaa: {a: canary}\n'],
  ['with data that is no map', 'kind: Secret\napiVersion: v1\ndata: canary\n'],
  ['with data in a list', 'kind: Secret\napiVersion: v1\ndata: [{a: canary}]\n'],
  ['with a key that stands twice', 'kind: Secret\napiVersion: v1\ndata: {a: canary}\ndata: {a: canary}\n'],
  ['of another version', 'kind: Secret\napiVersion: v2\ndata: {a: canary}\n'],
])('no value of a Secret is left: %s', (_, text) => {
  expect(maskManifests(text)).toContain('***');
  expect(maskManifests(text)).not.toContain('canary');
});

test.each([
  ['nothing', ''],
  ['separators and comments alone', '---\n# nothing here\n---\n'],
  ['a list without Secrets', 'apiVersion: v1\nkind: List\nitems:\n  - {apiVersion: v1,   kind: ConfigMap}\n'],
])('%s stays as it is', (_, text) => {
  expect(maskManifests(text)).toBe(text);
});
