import { App } from 'cdk8s';
import { VERSIONS, release } from './releases';
import { WebApp } from './webapp';

const version = VERSIONS.find((each) => each === (process.env.WEBAPP_VERSION ?? '2.0.0'));
if (!version) throw new Error(`WEBAPP_VERSION must be one of ${VERSIONS.join(', ')}`);

const app = new App();
new WebApp(app, 'webapp', release(version));
app.synth();
