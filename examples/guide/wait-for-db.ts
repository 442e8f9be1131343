import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { WaitFor } from 'cdk8s-lifecycle';
import { Capability, Deployment } from 'cdk8s-plus-27';
import { HOST } from './database';

/** "Init Container (runs every pod start)": every Pod waits for the database, and says so when it gives up. */
export function addWaitingDeployment(chart: Chart): Deployment {
  const webapp = new Deployment(chart, 'webapp', {
    metadata: { name: 'webapp' },
    containers: [{ image: 'registry.example.com/webapp:2.0.0', portNumber: 3000, securityContext: { user: 1000, capabilities: { drop: ['ALL' as Capability] } } }],
  });
  ApiObject.of(webapp).addJsonPatch(JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }));
  WaitFor.tcp(HOST, 5432).addTo(webapp);
  return webapp;
}
