import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { encodedText } from '../tokens';
import { CURL_IMAGE, CURL_RESOURCES, CURL_USER } from './curl';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { HookEvent } from './hook-event';
import { HookJob } from './hook-job';
import { HookProps } from './hook-props';
import { OutputLogPolicy } from './output-log-policy';
import { NOTIFY } from './scripts/notify';
import { shell } from './shell';
import { variables } from './variables';

/** Properties of `NotificationHook`. */
export interface NotificationHookProps extends HookProps {
  /**
   * What to tell, to `webhook` or `slack`.
   *
   * @default - `command` tells it
   * @example
   * new NotificationHook(chart, 'notify', { slack: { secret: secret, key: 'url' }, message: 'shop 2.4.0 is live' });
   */
  readonly message?: string;

  /**
   * The key of a Secret with the URL that gets the message, as the JSON `{"message": "…"}`.
   *
   * After a delete only a Secret is left that does not belong to the release.
   *
   * @default - none
   * @example
   * new NotificationHook(chart, 'notify', { webhook: { secret: secret, key: 'url' }, message: 'shop 2.4.0 is live' });
   */
  readonly webhook?: kplus.SecretValue;

  /**
   * The key of a Secret with the URL of an incoming webhook of Slack, or of what takes the same JSON: Mattermost, Rocket.Chat, Google Chat.
   *
   * After a delete only a Secret is left that does not belong to the release.
   *
   * @default - none
   * @example
   * new NotificationHook(chart, 'notify', { slack: { secret: secret, key: 'url' }, message: 'shop 2.4.0 is live' });
   */
  readonly slack?: kplus.SecretValue;

  /**
   * Whether the release fails if the message cannot be delivered.
   *
   * @default false
   * @example
   * new NotificationHook(chart, 'notify', { slack: { secret: secret, key: 'url' }, message: 'shop 2.4.0 is live', required: true });
   */
  readonly required?: boolean;

  /**
   * The image: with the tool that tells it, or for `webhook` and `slack` with a POSIX shell and curl, 7.75 or later.
   *
   * @default - docker.io/curlimages/curl:8.11.1 for `webhook` and `slack`; required without
   * @example
   * new NotificationHook(chart, 'notify', { image: 'shop-tools:1.3.0', command: ['page', 'shop 2.4.0 is live'] });
   */
  readonly image?: string;

  /**
   * What to run instead.
   *
   * @default - posts the message; without `webhook` and `slack` the entry point of the image
   * @example
   * new NotificationHook(chart, 'notify', { image: 'shop-tools:1.3.0', command: ['page', 'shop 2.4.0 is live'] });
   */
  readonly command?: string[];

  /**
   * The events that the hook runs at.
   *
   * @default [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE, HookEvent.POST_DELETE]
   * @example
   * new NotificationHook(chart, 'notify', { slack: { secret: secret, key: 'url' }, message: 'shop 2.4.0 is live', on: [HookEvent.POST_UPGRADE] });
   */
  readonly on?: HookEvent[];
}

/** How the message is posted, and what that needs. */
function post(where: string, { webhook, slack, message, required = false, env = {} }: NotificationHookProps) {
  const url = slack ?? webhook;
  if (url === undefined) return {};
  if (webhook && slack) throw new Error(`${where}: a notification goes to a webhook or to slack, one of the two`);
  if (message === undefined) throw new Error(`${where}: there is no message to tell`);
  const body = `{"${slack ? 'text' : 'message'}":"${encodedText(message, 'json')}"}`;
  return {
    image: CURL_IMAGE,
    user: CURL_USER,
    resources: CURL_RESOURCES,
    command: shell(NOTIFY),
    env: { ...env, URL: kplus.EnvValue.fromSecretValue(url), ...variables({ BODY: body, PATIENCE: 10, RETRIES: 3, REQUIRED: required }) },
    // Whether it was delivered is seen nowhere else.
    logPolicies: [OutputLogPolicy.HOOK_SUCCEEDED, OutputLogPolicy.HOOK_FAILED],
  };
}

/**
 * Tells somebody that a release was installed, upgraded or deleted.
 *
 * @exampleMetadata nofixture
 * @example
 * import { Chart } from 'cdk8s';
 * import { NotificationHook } from 'cdk8s-lifecycle';
 * import { Secret } from 'cdk8s-plus-27';
 *
 * declare const chart: Chart;
 * const webhook = Secret.fromSecretName(chart, 'slack', 'slack-webhook');
 * new NotificationHook(chart, 'notify', { slack: { secret: webhook, key: 'url' }, message: 'shop 2.4.0 is live' });
 */
export class NotificationHook extends HookJob {
  constructor(scope: Construct, id: string, props: NotificationHookProps) {
    const { env, ...given } = defined(props);
    const posted = post(`${scope.node.path}/${id}`, props);
    const image = given.image ?? posted.image;
    if (image === undefined) throw new Error(`${scope.node.path}/${id}: a notification needs webhook or slack, or an image that tells it`);
    super(scope, id, {
      on: [HookEvent.POST_INSTALL, HookEvent.POST_UPGRADE, HookEvent.POST_DELETE],
      deletePolicies: [DeletePolicy.BEFORE_HOOK_CREATION, DeletePolicy.HOOK_SUCCEEDED],
      ...defined({ env }),
      ...posted,
      ...given,
      image,
    });
  }
}
