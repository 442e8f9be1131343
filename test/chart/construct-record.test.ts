import { ApiObject } from 'cdk8s';
import { ReleaseChart } from '../../src/chart';
import { documentsOf } from '../../src/validation';
import { KubeObject } from '../../src/vocabulary';
import { writtenChart } from './written-chart';

test('the record of constructs names objects as their templates do, cut and escaped', () => {
  const files = writtenChart((app) => {
    const chart = new ReleaseChart(app, 'web');
    const object = (id: string, name?: string) => new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: name === undefined ? {} : { name } });
    object('an-object-whose-name-has-to-be-cut');
    object('any', `settings-${app.values.text('any')}`);
    object('plain', 'plain');
  }, { recordConstructMetadata: true });
  const documents = documentsOf([{ path: 'web.k8s.yaml', text: files['templates/web.k8s.yaml'] }]);
  const names = documents.map(({ value }) => (value as KubeObject).metadata.name);
  const { resources } = JSON.parse(files['construct-metadata.json']) as { readonly resources: object };
  expect(Object.keys(resources)).toEqual(names);
  expect(names).toEqual([expect.stringContaining('trunc'), expect.stringContaining('include `webapp.text`'), 'plain']);
  expect(Object.values(resources)).toEqual(['web/an-object-whose-name-has-to-be-cut', 'web/any', 'web/plain'].map((path) => ({ path })));
});
