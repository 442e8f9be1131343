import { App, Chart } from 'cdk8s';
import { CHAPTERS } from './chapters';

const app = new App();
for (const [name, add] of Object.entries(CHAPTERS)) {
  add(new Chart(app, name, { disableResourceNameHashes: true }));
}
app.synth();
