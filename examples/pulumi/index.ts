import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { HookedRelease, late } from 'cdk8s-lifecycle/pulumi';
import { VERSIONS, release } from '../webapp/releases';
import { WebApp } from './webapp';

/** The program: Pulumi calls what it exports, and so do the tests. */
export = () => {
  const config = new pulumi.Config();
  const version = VERSIONS.find((each) => each === (config.get('version') ?? '2.0.0'));
  if (!version) throw new pulumi.RunError(`version must be one of ${VERSIONS.join(', ')}`);

  // The dumps of the database stay in it when the stack goes.
  const namespace = new k8s.core.v1.Namespace('webapp', { metadata: { name: config.get('namespace') ?? 'webapp' } }, { retainOnDelete: true });

  // Hooks need it before the release is there, and when it is gone.
  const password = new k8s.core.v1.Secret('webapp-db', {
    metadata: { name: 'webapp-db', namespace: namespace.metadata.name },
    stringData: { password: config.requireSecret('databasePassword') },
  });

  const webapp = new HookedRelease('webapp', {
    chart: (scope) => new WebApp(scope, 'webapp', {
      ...release(version),
      database: { host: config.get('databaseHost') ?? 'postgres', port: config.getNumber('databasePort') ?? 5432 }, // late.string(instance.privateIpAddress), say
      databaseSecret: late.string(password.metadata.name, 'Secret of the database'),
      sessionKey: late.string(config.requireSecret('sessionKey'), 'session key'),
      storageClassName: config.get('storageClass'),
    }),
    namespace: namespace.metadata.name,
  });

  return { plan: webapp.plan, ran: webapp.hooks, revision: webapp.revision };
};
