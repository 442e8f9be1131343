import { App } from 'cdk8s';
import { Shop } from './shop';

const app = new App();
new Shop(app, 'shop', { version: '1.0.0' });
app.synth();
