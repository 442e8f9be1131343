import { App } from 'cdk8s';
import { VERSIONS, release } from './releases';
import { WebApp } from './webapp';

const { WEBAPP_VERSION = '2.0.0', WEBAPP_DATABASE = 'postgres', WEBAPP_STORAGE_CLASS: storageClassName } = process.env;

const version = VERSIONS.find((each) => each === WEBAPP_VERSION);
if (!version) throw new Error(`WEBAPP_VERSION must be one of ${VERSIONS.join(', ')}`);
const [databaseHost, port = '5432'] = WEBAPP_DATABASE.split(':');

const app = new App();
new WebApp(app, 'webapp', { ...release(version), databaseHost, databasePort: Number(port), storageClassName });
app.synth();
