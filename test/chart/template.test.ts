import { ApiObject, Chart } from 'cdk8s';
import { Flag, HelmChartApp, OnlyIf } from '../../src';
import { sampleText } from '../../src/tokens';
import { templateOf, thing, writtenChart } from './written-chart';

const HEAD = 'apiVersion: example.com/v1\nkind: Thing\nmetadata:\n  name: thing\n';

test('a text, a part of a text, a number, a truth, a list, a map and a key stand where people look for them', () => {
  expect(templateOf(({ values, release }) => ({
    spec: {
      image: `web:${values.text('image.tag', { defaultValue: '2.0', pattern: '^[0-9.]+$' })}`,
      host: values.text('host', { defaultValue: 'example.com' }),
      replicas: values.integer('replicas', { defaultValue: 2 }),
      ratio: values.number('ratio', { defaultValue: 0.5 }),
      paused: values.flag('paused', { defaultValue: false }),
      hosts: values.list('hosts'),
      items: [values.mapping('labels'), { [release.name]: values.list('hosts-of-release') }],
      plain: 'yes',
    },
  }))).toBe(`${HEAD}spec:
  host: "{{ include \`webapp.text\` .Values.host }}"
  hosts: # {{- toJson .Values.hosts | nindent 4 }}
  image: "web:{{ .Values.image.tag }}"
  items:
    - # {{- toJson .Values.labels | nindent 6 }}
    - "{{ .Release.Name }}": # {{- toJson (index .Values \`hosts-of-release\`) | nindent 8 }}
  paused: !!bool "{{ .Values.paused }}"
  plain: "yes"
  ratio: !!float "{{ toJson .Values.ratio }}"
  replicas: !!int "{{ int64 .Values.replicas }}"
`);
});

test('numbers, truths and structures in a text are printed as YAML would print them', () => {
  expect(templateOf(({ values, release }) => ({
    data: {
      all: `${release.revision} ${values.number('ratio')} ${values.flag('paused').asText} ${values.list('hosts').asJson}`,
      flag: `--verbose=${values.flag('verbose')}`,
      time: `${values.seconds('timeout').toSeconds()}s of ${values.mebibytes('memory').toMebibytes()}Mi`,
    },
  }))).toBe(`${HEAD}data:
  all: "{{ .Release.Revision }} {{ toJson .Values.ratio }} {{ .Values.paused }} {{ include \`webapp.text\` (toJson .Values.hosts) }}"
  flag: "--verbose={{ .Values.verbose }}"
  time: "{{ int64 .Values.timeout }}s of {{ int64 .Values.memory }}Mi"
`);
});

test('templates of somebody else are escaped, so that Helm prints them as they are', () => {
  expect(templateOf(({ values }) => ({
    data: { both: `{{ job }} on ${values.text('host', { allowedValues: ['a', 'b'] })}`, legend: '{{ instance }} {{`x`}}' },
  }))).toBe(`${HEAD}data:
  both: "{{ \`{{\` }} job }} on {{ .Values.host }}"
  legend: "{{ \`{{\` }} instance }} {{ \`{{\` }}\`x\`}}"
`);
});

test('a text of several lines stays one that people can read, where its values cannot break it', () => {
  expect(templateOf(({ values }) => ({
    data: {
      plain: `port ${values.integer('port')};\n\n  deep "quotes"\n`,
      open: `port = ${values.integer('port2')};\nlast = 1`,
      wild: `host = ${values.text('host')};\nlast = 1\n`,
    },
  }))).toBe(`${HEAD}data:
  open: |-
    port = {{ int64 .Values.port2 }};
    last = 1
  plain: |
    port {{ int64 .Values.port }};

      deep "quotes"
  wild: "host = {{ include \`webapp.text\` .Values.host }};\\nlast = 1\\n"
`);
});

test('an object under a flag stands between two comments that Helm obeys', () => {
  const { 'templates/web.k8s.yaml': text } = writtenChart((app) => {
    const chart = new Chart(app, 'web');
    const { values, release } = app;
    thing(chart, 'always', {});
    thing(chart, 'sometimes', {}).with(OnlyIf.of(values.flag('some.enabled')));
    thing(chart, 'rarely', {}).with(OnlyIf.of(Flag.any([Flag.all([values.flag('rare').negated, release.isInstall]), release.isUpgrade])));
  });
  expect(text).toBe(`apiVersion: example.com/v1
kind: Thing
metadata:
  name: always
# {{- if .Values.some.enabled }}
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: sometimes
# {{- end }}
# {{- if or (and (not .Values.rare) .Release.IsInstall) .Release.IsUpgrade }}
---
apiVersion: example.com/v1
kind: Thing
metadata:
  name: rarely
# {{- end }}
`);
});

test('an empty text is what its fallback says', () => {
  const template = templateOf(({ values, appVersion }) => ({
    spec: {
      image: `web:${values.text('image.tag', { defaultValue: '', pattern: '^[0-9.]*$', fallback: appVersion })}`,
      host: values.text('host', { defaultValue: '', fallback: `v${appVersion}.example.com` }),
    },
  }));
  expect(template).toBe(`${HEAD}spec:
  host: "{{ include \`webapp.text\` (.Values.host | default (printf \`v%v.example.com\` .Chart.AppVersion)) }}"
  image: "web:{{ .Values.image.tag | default .Chart.AppVersion }}"
`);
});

test('the named template escapes a text for double quotes', () => {
  expect(writtenChart(() => undefined)['templates/_helpers.tpl']).toBe(`{{- define \`webapp.text\` -}}
{{- quote . | trimPrefix \`"\` | trimSuffix \`"\` | replace \`<no value>\` \`\\u003cno value>\` -}}
{{- end -}}
`);
});

const appOf = (chart: Chart) => HelmChartApp.containing(chart);

test.each<[string, (chart: Chart) => void, string]>([
  [
    'a list in a text',
    (chart) => thing(chart, 'thing', { spec: { args: [`--hosts=${String(appOf(chart).values.list('hosts'))}`] } }),
    'web/thing/spec/args/0: hosts is a list, so it cannot be a part of a text. Use its asJson.',
  ],
  [
    'a map in a key',
    (chart) => thing(chart, 'thing', { spec: { [`x-${String(appOf(chart).values.mapping('labels'))}`]: 1 } }),
    'labels is a map, so it cannot be a part of a text. Use its asJson.',
  ],
  [
    'a double quote in an action',
    (chart) => thing(chart, 'thing', { spec: { host: appOf(chart).values.text('host', { defaultValue: '', fallback: `say "hi" to ${appOf(chart).release.name}` }) } }),
    'web/thing/spec/host: "say \\"hi\\" to %v" cannot stand in an action of a template: it holds a backtick, a double quote, a backslash or a line break',
  ],
  [
    'a calculation',
    (chart) => thing(chart, 'thing', { spec: { surge: appOf(chart).values.integer('replicas', { defaultValue: 2 }) + 1 } }),
    'web/thing/spec/surge: 1 was added to replicas, but a value can only be placed, not be calculated with. Declare it in the unit that is wanted.',
  ],
  [
    'a calculation in a text',
    (chart) => thing(chart, 'thing', { spec: { args: [`-Xmx${appOf(chart).values.integer('memory') / 2}m`] } }),
    'web/thing/spec/args/0: memory was divided by 2, but a value can only be placed',
  ],
  [
    'a name in upper case',
    (chart) => new ApiObject(chart, 'thing', { apiVersion: 'v1', kind: 'Thing', metadata: { name: appOf(chart).release.name.toUpperCase() } }),
    'web/thing/metadata/name: the case of the name of the release was changed: ',
  ],
])('what Helm cannot fill is refused with the construct, the field and the value: %s', (_, build, message) => {
  expect(() => writtenChart((app) => build(new Chart(app, 'web')))).toThrow(message);
});

test('a flag chooses between two texts, in which values may stand', () => {
  let sample = '';
  const text = templateOf(({ values }) => {
    const digest = values.text('digest', { defaultValue: '' });
    const image = `shop${Flag.notEmpty(digest).choose(`@${digest}`, ':2.4.0')}`;
    sample = sampleText(image);
    return { spec: { image } };
  });
  expect(text).toContain('image: "shop{{ include `webapp.text` (ternary (printf `@%v` .Values.digest) `:2.4.0` (not (empty .Values.digest))) }}"');
  expect(sample).toBe('shop:2.4.0');
});
