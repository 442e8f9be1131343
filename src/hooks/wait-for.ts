import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { sampleOf, sampleText } from '../tokens';
import { podSpecPath } from '../vocabulary';
import { address } from './address';
import { CURL_IMAGE, CURL_RESOURCES, CURL_USER } from './curl';
import { Database } from './database/database';
import { ALL } from './pod-template';
import { TRY_HTTP } from './scripts/try-http';
import { TRY_JOB } from './scripts/try-job';
import { TRY_POSTGRES } from './scripts/try-postgres';
import { TRY_TCP } from './scripts/try-tcp';
import { UNTIL_TIMEOUT } from './scripts/until-timeout';
import { shell } from './shell';
import { variables } from './variables';

/** How to wait. */
export interface WaitForOptions {
  /**
   * How long to wait before the container fails, and says what was missing.
   *
   * In a hook that ends the hook. In a workload Kubernetes starts the container again, and its status shows what goes on.
   *
   * @default Duration.minutes(2)
   * @example
   * WaitFor.tcp('postgres', 5432, { timeout: Duration.seconds(30) }).addTo(deployment);
   */
  readonly timeout?: Duration;

  /**
   * How long to pause between two tries.
   *
   * @default Duration.seconds(2)
   * @example
   * WaitFor.http('http://search/healthz', { interval: Duration.seconds(10) }).addTo(deployment);
   */
  readonly interval?: Duration;

  /**
   * An image with a POSIX shell and the program that tries: curl, 7.75 or later, or psql.
   *
   * @default - docker.io/curlimages/curl:8.11.1; for a database the image of its clients
   * @example
   * WaitFor.tcp('postgres', 5432, { image: 'registry.example.com/curl:8.11.0' }).addTo(deployment);
   */
  readonly image?: string;

  /**
   * Numeric id of the user that the container runs as.
   *
   * @default - the user of the default image
   * @example
   * WaitFor.tcp('postgres', 5432, { image: 'registry.example.com/curl:8.11.0', user: 1000 }).addTo(deployment);
   */
  readonly user?: number;
}

/** What there is to know of one thing that is waited for. */
interface Wait {
  /** Part of the name of the container. */
  readonly name: string;
  /** What people call it. */
  readonly what: string;
  /** A script that defines `try`, and what it reads. */
  readonly script: string;
  readonly env: { [name: string]: kplus.EnvValue };
  /** Whether `try` asks the Kubernetes API, for which the Pod needs an identity. */
  readonly asksKubernetes: boolean;
  /** An image with what `try` runs, and a user of it; the one with curl if there is none. */
  readonly image?: string;
  readonly user?: number;
}

/**
 * An init container that waits until something is there.
 *
 * It runs whenever a Pod starts, also when a node is replaced long after the release. What is to happen once a release is a hook.
 *
 * @exampleMetadata nofixture
 * @example
 * import { WaitFor } from 'cdk8s-lifecycle';
 * import { Deployment } from 'cdk8s-plus-27';
 *
 * declare const deployment: Deployment;
 * WaitFor.tcp('postgres', 5432).addTo(deployment);
 */
export class WaitFor {
  /**
   * Waits until a port accepts connections.
   *
   * @example
   * WaitFor.tcp('postgres', 5432).addTo(deployment);
   */
  public static tcp(host: string, port: number, options: WaitForOptions = {}): WaitFor {
    const what = address(host, port);
    return new WaitFor({ name: `${host}-${port}`, what, script: TRY_TCP, env: variables({ ADDRESS: what, PATIENCE: 2 }), asksKubernetes: false }, options);
  }

  /**
   * Waits until a URL answers with a status from 200 to 399.
   *
   * @example
   * WaitFor.http('http://search/healthz').addTo(deployment);
   */
  public static http(url: string, options: WaitForOptions = {}): WaitFor {
    const env = variables({ URL: url, EXPECT_STATUS: '', PATIENCE: 5 });
    return new WaitFor({ name: sampleText(url).replace(/^https?:\/\//, ''), what: url, script: TRY_HTTP, env, asksKubernetes: false }, options);
  }

  /**
   * Waits until a Job of the same namespace has completed. If it fails, so does the container, at once.
   *
   * The Pod needs a service account that may `get` the Job, with its token mounted. The Job must still be there when a Pod is replaced later: none with
   * `DeletePolicy.HOOK_SUCCEEDED`, and none with a time to live.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', serviceAccount: deployer, waitFor: [WaitFor.job('restore')] });
   */
  public static job(name: string, options: WaitForOptions = {}): WaitFor {
    return new WaitFor({ name: `job-${name}`, what: `Job ${name}`, script: TRY_JOB, env: variables({ JOB: name, PATIENCE: 5 }), asksKubernetes: true }, options);
  }

  /**
   * Waits until the role of a database can log in there, in the image of the database's clients.
   *
   * @example
   * new MigrationHook(chart, 'migrate', { image: 'shop:2.4.0', database: postgres, waitFor: [WaitFor.postgres(postgres)] });
   */
  public static postgres(database: Database, options: WaitForOptions = {}): WaitFor {
    const { host, port, name, clientImage: image, clientUser: user } = database;
    const what = `${name} at ${address(host, port)}`;
    return new WaitFor({ name: `postgres-${name}`, what, script: TRY_POSTGRES, env: database.environment(), asksKubernetes: false, image, user }, options);
  }

  /** How long it waits at most. */
  public readonly timeout: Duration;

  private readonly wait: Wait;
  private readonly options: WaitForOptions;

  private constructor(wait: Wait, options: WaitForOptions) {
    this.wait = wait;
    this.options = options;
    this.timeout = options.timeout ?? Duration.minutes(2);
  }

  /**
   * Lets every Pod of a workload wait before its containers start, after the init containers that it has.
   *
   * @example
   * WaitFor.postgres(postgres, { timeout: Duration.minutes(5) }).addTo(deployment);
   */
  public addTo(workload: kplus.AbstractPod): void {
    const { what, script, env, asksKubernetes, image: ownImage = CURL_IMAGE, user: ownUser = CURL_USER } = this.wait;
    const { interval = Duration.seconds(2), image = ownImage, user = ownUser } = this.options;
    const index = workload.initContainers.length;
    workload.addInitContainer({
      name: this.nameIn(workload),
      image,
      command: shell(script, UNTIL_TIMEOUT),
      envVariables: { ...env, ...variables({ WHAT: what, TIMEOUT: this.timeout.toSeconds(), INTERVAL: interval.toSeconds() }) },
      resources: CURL_RESOURCES,
      securityContext: { user, capabilities: { drop: [ALL] } },
    });

    const apiObject = ApiObject.of(workload);
    const container = `${podSpecPath(apiObject.kind)}/initContainers/${index}`;
    apiObject.addJsonPatch(
      JsonPatch.add(`${container}/securityContext/seccompProfile`, { type: 'RuntimeDefault' }),
      JsonPatch.remove(`${container}/imagePullPolicy`),
    );
    if (asksKubernetes && !(workload.serviceAccount && workload.automountServiceAccountToken)) {
      const remedy = 'Give it a serviceAccount that may get Jobs, and let its token be mounted.';
      workload.node.addValidation({ validate: () => [`it waits for ${sampleText(what)}, and has no identity to ask Kubernetes with. ${remedy}`] });
    }
  }

  /** A name that no container of the Pod has yet. */
  private nameIn(workload: kplus.AbstractPod): string {
    const taken = [...workload.containers, ...workload.initContainers].map(({ name }) => name);
    const slug = sampleText(this.wait.name).toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 50).replace(/^-+|-+$/g, '');
    const name = `wait-for-${slug}`;
    let free = name;
    for (let number = 2; taken.includes(free); number += 1) free = `${name}-${number}`;
    return free;
  }
}

/** Lets the Pod of a hook wait, and tells at synth if it had no time left for what it is there for. */
export function waitFirst(hook: kplus.AbstractPod, waitFor: readonly WaitFor[] = [], deadline: Duration): void {
  for (const each of waitFor) each.addTo(hook);
  const seconds = waitFor.reduce((sum, { timeout }) => sum + (sampleOf(timeout.toSeconds()) ?? 0), 0);
  const end = sampleOf(deadline.toSeconds()) ?? Infinity;
  if (seconds < end) return;
  const remedy = 'Give it a longer timeout, or let it wait less.';
  hook.node.addValidation({ validate: () => [`it may wait for ${seconds} s, and Kubernetes stops it after ${end} s. ${remedy}`] });
}
