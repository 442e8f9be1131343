import { lint } from '../../src/lint';
import { documentsOf } from '../../src/validation';

const MANIFESTS = `---
# Source: shop/templates/config.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: config
  annotations:
    helm.sh/hook-delete-policy: before-hook-creation
---

# Source: shop/templates/migrate.yaml
apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    helm.sh/hook: pre-install
    helm.sh/hook-wait: "1"
    "helm.sh/hook-weight": first
    helm.sh/hook-delete-policy: hook-succeeded
spec:
  activeDeadlineSeconds: 900
  template:
    spec:
      restartPolicy: Always
      initContainers:
      - {name: wait, image: busybox, securityContext: &safe {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}
      containers:
      - name: main
        image: shop:2.0
        securityContext: *safe
        envFrom:
        - configMapRef:
            name: other
        - configMapRef:
            name: config
        env:
        - name: HOST
          value: db
        - name: DB_PASSWORD
          value: hunter2
        args: [migrate,
               --api-key=abc123]
--- {apiVersion: v1, kind: Namespace, metadata: {name: shop, annotations: {
  helm.sh/hook: pre-install}}}
`;

function found(text: string): string[] {
  return lint(documentsOf([{ path: 'shop.yaml', text }])).map(({ rule, place }) => `${place.line} ${rule}`);
}

const LINES = [
  '8 policy-without-hook',
  '19 bad-weight',
  '20 no-before-hook-creation',
  '18 misspelt-annotation',
  '36 needs-resource-too-early',
  '22 job-outlives-helm',
  '21 job-without-backoff-limit',
  '25 restart-policy',
  '27 mutable-image',
  '40 plain-secret',
  '43 plain-secret',
  '24 pod-security',
  '44 namespace-as-hook',
];

test('a finding names the line of the field that is wrong, or of what it is missing in', () => {
  expect(found(MANIFESTS)).toEqual(LINES);
});

test('the lines are those of the file, however they end', () => {
  expect(found(`\uFEFF${MANIFESTS.replace(/\n/g, '\r\n')}`)).toEqual(LINES);
});

test('the type of an action in a template is no mistake before Helm has rendered it', () => {
  const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: !!int "{{ int64 .Values.replicas }}"\n  paused: !!bool "{{ .Values.paused }}"\n';
  expect(documentsOf([{ path: 'web.yaml', text }]).map(({ value }) => (value as { readonly spec: unknown }).spec)).toEqual([
    { replicas: '{{ int64 .Values.replicas }}', paused: '{{ .Values.paused }}' },
  ]);
  expect(() => documentsOf([{ path: 'web.yaml', text: text.replace('"{{ int64 .Values.replicas }}"', '"two"') }])).toThrow('cannot resolve a node');
});

test('a list or a map that Helm puts in is a text before it does', () => {
  const text = 'apiVersion: v1\nkind: Pod\nspec:\n  tolerations: # {{- toJson (index .Values `it\'s`) | nindent 4 }}\n  items:\n    - # {{- toJson .Values.item | nindent 6 }}\n  # a comment\n';
  expect(documentsOf([{ path: 'web.yaml', text }]).map(({ value }) => (value as { readonly spec: unknown }).spec)).toEqual([
    { tolerations: "{{- toJson (index .Values `it's`) | nindent 4 }}", items: ['{{- toJson .Values.item | nindent 6 }}'] },
  ]);
});

test('the flag that an object stands under is its condition, wherever the template says so', () => {
  const object = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  # {{- if .Values.inner }}\n  a: b\n  # {{- end }}\n`;
  const under = (condition: string, document: string) => `# {{- if ${condition} }}\n${document}# {{- end }}\n`;
  const text = under('.Values.a', object('a')) + under('not .Values.b', `---\n${object('b')}`) + `---\n${object('c')}`;
  const other = { path: 'other.yaml', text: object('d') };
  const conditions = documentsOf([{ path: 'web.yaml', text: text + '# {{- if .Values.lost }}' }, other]).map(({ condition }) => condition);
  expect(conditions).toEqual([{ text: '.Values.a' }, { text: 'not .Values.b' }, undefined, undefined]);
});
