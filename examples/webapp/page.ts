import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import { Database, WaitFor } from 'cdk8s-lifecycle';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';

/** Properties of `Page`. */
export interface PageProps {
  readonly name: string;
  readonly version: string;
  readonly image: string;
  /** What its Pods wait for. */
  readonly database: Database;
}

/** The user that runs in the image of the page, by number: `runAsNonRoot` does not know names. */
export const NOBODY = 65534;

/** The part of the restricted Pod Security profile that cdk8s-plus-27 cannot say; hooks have it by themselves. */
const RESTRICTED = [
  JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
  JsonPatch.add('/spec/template/spec/containers/0/securityContext/capabilities', { drop: ['ALL'] }),
];

/** What people see: a web server, its page, and the Service in front of it. */
export class Page extends Construct {
  /** The web server, of which there are two unless somebody says otherwise. */
  readonly deployment: kplus.Deployment;
  readonly service: kplus.Service;

  constructor(scope: Construct, id: string, { name, version, image, database }: PageProps) {
    super(scope, id);
    const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/version': version };
    const page = new kplus.ConfigMap(this, 'page', { metadata: { name }, data: { 'index.html': `<h1>${name} ${version}</h1>\n` } });
    this.deployment = new kplus.Deployment(this, 'deployment', {
      metadata: { name },
      podMetadata: { labels },
      terminationGracePeriod: Duration.seconds(2), // httpd has nothing to finish, and as the first process it hears no SIGTERM
      containers: [
        {
          name: 'web',
          image,
          imagePullPolicy: kplus.ImagePullPolicy.IF_NOT_PRESENT,
          resources: { cpu: { request: kplus.Cpu.millis(10) }, memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) } },
          command: ['httpd', '-f', '-p', '8080', '-h', '/page'],
          ports: [{ number: 8080 }],
          readiness: kplus.Probe.fromHttpGet('/', { port: 8080, periodSeconds: Duration.seconds(2) }),
          securityContext: { user: NOBODY },
          volumeMounts: [{ path: '/page', volume: kplus.Volume.fromConfigMap(this, 'volume', page, { name: 'page' }) }],
        },
      ],
    });
    ApiObject.of(this.deployment).addJsonPatch(...RESTRICTED);
    // Every Pod waits whenever it starts, also long after the release. A hook would have waited once.
    WaitFor.postgres(database).addTo(this.deployment);
    this.service = new kplus.Service(this, 'service', { metadata: { name }, selector: this.deployment, ports: [{ port: 80, targetPort: 8080 }] });
  }
}
