import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the app keeps count of its runs, beside itself. */
export const RUNS = 'runs';

/** What a HelmChartApp does when the command line runs it, by hand: a ConfigMap of what it is told, a hook that carries the revision, notes. */
const TEXT = `
const fs = require('fs');
const out = process.env.CDK8S_OUTDIR;
const { name, namespace, revision, isInstall, values } = JSON.parse(fs.readFileSync(process.env.CDK8S_LIFECYCLE_RELEASE, 'utf8'));
fs.appendFileSync(__dirname + '/${RUNS}', revision + ' ' + isInstall + '\\n');

const isMap = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const over = (own, said) => {
  const all = { ...own };
  for (const [key, value] of Object.entries(said)) {
    if (value === null && key in own) delete all[key];
    else all[key] = isMap(value) && isMap(own[key]) ? over(own[key], value) : value;
  }
  return all;
};
const defaults = { replicas: 1, image: { name: 'web', tag: '1' }, password: 'changeme' };
const all = over(defaults, values);
const schema = {
  type: 'object',
  additionalProperties: false,
  properties: { replicas: { type: 'integer' }, image: { type: 'object' }, password: { type: 'string', minLength: 4 }, added: {} },
};
const data = { revision: String(revision), isInstall: String(isInstall), namespace, replicas: String(all.replicas), tag: String(all.image?.tag) };
const hook = { 'helm.sh/hook': 'pre-install,pre-upgrade' };
const objects = [
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: name + '-facts' }, data },
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: name + '-creds' }, stringData: { password: all.password } },
  { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: name + '-migrate-' + revision, annotations: hook }, spec: { template: { spec: { containers: [] } } } },
];
fs.mkdirSync(out + '/templates');
fs.writeFileSync(out + '/Chart.yaml', 'apiVersion: v2\\nname: shop\\nversion: 1.2.0\\nappVersion: "2.0"\\n');
fs.writeFileSync(out + '/values.json', JSON.stringify(all));
fs.writeFileSync(out + '/values.yaml', JSON.stringify(defaults));
fs.writeFileSync(out + '/values.schema.json', JSON.stringify(schema));
fs.writeFileSync(out + '/templates/NOTES.txt', 'Revision ' + revision + ' of ' + name + ' has ' + all.replicas + ' replicas; the password is ' + all.password + '.\\n');
fs.writeFileSync(out + '/templates/all.k8s.yaml', objects.map((each) => JSON.stringify(each) + '\\n').join('---\\n'));
`;

/** Writes the app into a folder. @returns its command for --app */
export function valuesApp(folder: string): string {
  const path = join(folder, 'values-app.js');
  writeFileSync(path, TEXT);
  return `'${process.execPath}' '${path}'`;
}
