import { ApiObject, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { runAfter } from './declare-hook';
import { defined } from './defined';
import { DeletePolicy } from './delete-policy';
import { HelmHook } from './helm-hook';
import { HookEvent } from './hook-event';
import { HookProps } from './hook-props';
import { OutputLogPolicy } from './output-log-policy';

/** Properties of `HookJob`. */
export interface HookJobProps extends HookProps {
  /** The events that the hook runs at. */
  readonly on: HookEvent[];

  /** The image with the command. */
  readonly image: string;

  /**
   * What to run.
   *
   * @default - the entry point of the image
   */
  readonly command?: string[];
}

const RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(512) },
};

/** The name that cdk8s-plus-27 has no word for yet. */
const ALL = 'ALL' as kplus.Capability;

/** What cdk8s-plus-27 cannot say, or says where Kubernetes' own default is the better one. */
const PATCHES = [
  JsonPatch.add('/spec/template/spec/securityContext/seccompProfile', { type: 'RuntimeDefault' }),
  JsonPatch.remove('/spec/template/spec/containers/0/imagePullPolicy'),
];

/**
 * A Job that runs at events of a release: any command in any image, with the defaults of a careful engineer.
 *
 * One attempt of at most four minutes, in a Pod that the restricted Pod Security profile admits.
 *
 * @example
 * import { Chart } from 'cdk8s';
 * import { HookEvent, HookJob } from 'cdk8s-lifecycle';
 *
 * declare const chart: Chart;
 * new HookJob(chart, 'reindex', {
 *   on: [HookEvent.POST_UPGRADE],
 *   image: 'registry.example.com/search:2.4.0',
 *   command: ['reindex', '--all'],
 * });
 */
export class HookJob extends Construct {
  /** The Job itself, for everything that the props do not say. */
  public readonly job: kplus.Job;

  constructor(scope: Construct, id: string, props: HookJobProps) {
    super(scope, id);
    const { on, weight, deletePolicies, logPolicies } = props;
    this.job = this.createJob(props);
    const apiObject = ApiObject.of(this.job);
    apiObject.addJsonPatch(...PATCHES);
    HelmHook.on(on, {
      weight,
      deletePolicies: deletePolicies ?? [DeletePolicy.BEFORE_HOOK_CREATION],
      logPolicies: logPolicies ?? [OutputLogPolicy.HOOK_FAILED],
    }).applyTo(apiObject);
  }

  /**
   * Lets this hook run after others, wherever in the app they are.
   *
   * At the events they share, its weight will be higher than theirs. Without arguments: this hook depends on no other.
   *
   * @param hooks the hooks, or constructs that hold them
   */
  public after(...hooks: IConstruct[]): void {
    runAfter(ApiObject.of(this.job), hooks);
  }

  private createJob(props: HookJobProps): kplus.Job {
    const { name, user, timeout, retries, serviceAccount } = props;
    return new kplus.Job(this, 'Resource', {
      ...defined({ metadata: name === undefined ? undefined : { name }, serviceAccount }),
      activeDeadline: timeout ?? Duration.minutes(4),
      backoffLimit: retries ?? 0,
      automountServiceAccountToken: serviceAccount !== undefined,
      securityContext: { fsGroupChangePolicy: kplus.FsGroupChangePolicy.ON_ROOT_MISMATCH, ...defined({ user, fsGroup: user }) },
      containers: [this.container(props)],
    });
  }

  private container({ image, command, args, env, envFrom, resources, volumes = [] }: HookJobProps): kplus.ContainerProps {
    const hasTmp = volumes.some(({ path }) => path.replace(/\/+$/, '') === '/tmp');
    const tmp = { path: '/tmp', volume: kplus.Volume.fromEmptyDir(this, 'Tmp', 'tmp') };
    return {
      ...defined({ image, command, args, envFrom, envVariables: env }),
      resources: { ...RESOURCES, ...defined(resources ?? {}) },
      volumeMounts: hasTmp ? volumes : [...volumes, tmp],
      securityContext: { capabilities: { drop: [ALL] } },
    };
  }
}
