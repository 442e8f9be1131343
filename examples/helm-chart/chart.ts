import { HelmChartApp } from 'cdk8s-lifecycle';
import { release } from '../webapp/releases';
import { webAppValues } from './values';
import { WebApp } from './webapp';

/** The chart of the web app. */
export function chart(): HelmChartApp {
  const app = new HelmChartApp({
    name: 'webapp',
    version: '2.0.0',
    appVersion: '1.35', // of what the default image holds
    description: 'Counts its visitors in PostgreSQL',
    kubeVersion: '>=1.27.0-0',
    keywords: ['visitors', 'postgresql'],
    home: 'https://example.com/webapp',
    sources: ['https://git.example.com/webapp'],
    icon: 'https://example.com/webapp.svg',
    maintainers: [{ name: 'Platform team', email: 'platform@example.com' }],
    annotations: { 'artifacthub.io/category': 'networking', 'artifacthub.io/license': 'Apache-2.0' },
  });
  new WebApp(app, 'web', { values: webAppValues(app), migrations: release('2.0.0').migrations });
  return app;
}
