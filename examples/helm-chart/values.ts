import { HelmChartApp, declareValues, value } from 'cdk8s-lifecycle';

/** What users of the chart may change, in the order of values.yaml. */
export function webAppValues({ values, appVersion }: HelmChartApp) {
  return declareValues(values, {
    image: {
      repository: value.text({ defaultValue: 'docker.io/library/busybox', pattern: '^[a-z0-9./:_-]+$', description: 'Image of the web tier' }),
      tag: value.text({ defaultValue: '', pattern: '^[A-Za-z0-9._-]*$', fallback: appVersion, description: 'Its tag; the version of the app if empty' }),
    },
    imagePullSecrets: value.list({ items: { type: 'object', required: ['name'] }, description: 'Secrets with which images are pulled' }),

    replicas: value.integer({ defaultValue: 2, minimum: 0, description: 'Pods of the web tier, unless autoscaling is enabled' }),
    autoscaling: {
      enabled: value.flag({ defaultValue: false, description: 'Whether load decides on the number of Pods' }),
      minReplicas: value.integer({ defaultValue: 2, minimum: 1 }),
      maxReplicas: value.integer({ defaultValue: 5, minimum: 1 }),
      cpu: value.number({ defaultValue: 0.05, minimum: 0.001, description: 'CPUs that the Pods may use on average before there are more of them' }),
    },

    ingress: {
      enabled: value.flag({ defaultValue: false, description: 'Whether there is an Ingress' }),
      className: value.text({ defaultValue: '', description: 'Its class; that of the cluster if empty' }),
      host: value.text({ defaultValue: 'webapp.example.com', pattern: '^[a-z0-9.*-]+$' }),
      annotations: value.mapping({ items: { type: 'string' } }),
      tls: value.list({ items: { type: 'object', required: ['hosts', 'secretName'] }, description: 'As the Ingress has it: hosts and secretName' }),
    },

    podAnnotations: value.mapping({ items: { type: 'string' } }),
    resources: value.mapping({
      defaultValue: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '64Mi' } },
      description: 'Requests and limits of the web tier',
    }),
    nodeSelector: value.mapping({ items: { type: 'string' } }),
    tolerations: value.list({ items: { type: 'object' } }),

    database: {
      host: value.text({ defaultValue: 'postgres', minLength: 1 }),
      port: value.integer({ defaultValue: 5432, minimum: 1, maximum: 65535 }),
      name: value.text({ defaultValue: 'webapp', minLength: 1 }),
      user: value.text({ defaultValue: 'webapp', minLength: 1 }),
      existingSecret: value.text({ defaultValue: 'webapp-db', minLength: 1, description: 'Secret with the password; it outlives the release' }),
      secretKey: value.text({ defaultValue: 'password', minLength: 1 }),
    },
    migration: {
      timeoutSeconds: value.seconds({ defaultValue: 240, minimum: 1, description: 'When Kubernetes stops a migration; with more than 240, say so to --timeout, too' }),
      memory: value.mebibytes({ defaultValue: 128, minimum: 32, description: 'Limit of its memory in MiB' }),
    },
    backup: {
      enabled: value.flag({ defaultValue: true, description: 'Whether the database is dumped before an upgrade and before the release is deleted' }),
      keep: value.integer({ defaultValue: 5, minimum: 1, description: 'Dumps that are kept' }),
      size: value.text({ defaultValue: '1Gi', pattern: '^[0-9]+(Mi|Gi|Ti)$', description: 'Of the volume with the dumps, which outlives the release' }),
      storageClass: value.text({ defaultValue: '', description: 'Its class; the default class of the cluster if empty' }),
    },
  });
}

/** The values as constructs take them. */
export type WebAppValues = ReturnType<typeof webAppValues>;
