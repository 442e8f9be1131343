import { ReleaseStatus, readRecordSecrets } from '../release';
import { KubeObject, refOf } from '../vocabulary';
import { Named, guess, meantBy, nameOf } from './found-hook';
import { leftObjects } from './left-objects';
import { Assertion, MismatchError } from './mismatch-error';
import { Stage } from './stage';

/** A revision as Helm's record says. */
export interface RehearsedRevision {
  readonly revision: number;
  readonly status: ReleaseStatus;
  readonly description: string;
}

/** How a release stands, and what a test expects of that. What holds returns the release, so that the next expectation can follow. */
export class ReleaseState {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /**
   * The objects that there are, without the books of the release (records, journals, lock), without the Pods of Jobs, and without the namespaces of other
   * releases.
   */
  objects(): readonly KubeObject[] {
    const { cluster, namespace, otherNamespaces } = this.#stage;
    return leftObjects(cluster.objects(), namespace, otherNamespaces);
  }

  /** The revisions that are recorded, oldest first: what `helm history` shows. */
  revisions(): readonly RehearsedRevision[] {
    const { release, namespace, cluster } = this.#stage;
    const secrets = cluster.objects().filter(({ metadata }) => metadata.namespace === namespace && metadata.labels?.name === release);
    const { history } = readRecordSecrets(release, secrets);
    return history.map(({ record: { version, info } }) => ({ revision: version, status: info.status, description: info.description ?? '' }));
  }

  /**
   * These objects are there; others may be, too.
   *
   * @param names objects, `Kind/name`, or constructs of the chart
   * @throws MismatchError where one is missing
   */
  has(...names: readonly string[]): this {
    const all = this.#left();
    const missing = names.find((name) => meantBy(name, all).length === 0);
    if (missing !== undefined) throw this.#objectMismatch(`Expected ${names.join(', ')} to be there, but there is no "${missing}".${guess(missing, all)}`, this.has);
    return this;
  }

  /**
   * None of these objects is there.
   *
   * @param names objects, `Kind/name`, or constructs of the chart
   * @throws MismatchError where one is
   */
  hasNot(...names: readonly string[]): this {
    const [found] = names.flatMap((name) => meantBy(name, this.#left()));
    if (found) throw this.#objectMismatch(`Expected ${names.join(', ')} to be gone, but ${nameOf(found)} is there.`, this.hasNot);
    return this;
  }

  /**
   * These objects are there, in whatever order, and no others are.
   *
   * @param names objects, `Kind/name`, or constructs of the chart; none where nothing is left
   * @throws MismatchError where one is missing, or another is there
   */
  hasOnly(...names: readonly string[]): this {
    const all = this.#left();
    const expected = `Expected only ${names.join(', ') || 'nothing'} to be there`;
    const missing = names.find((name) => meantBy(name, all).length === 0);
    if (missing !== undefined) throw this.#objectMismatch(`${expected}, but there is no "${missing}".${guess(missing, all)}`, this.hasOnly);
    const extra = all.find((each) => !names.some((name) => meantBy(name, all).includes(each)));
    if (extra) throw this.#objectMismatch(`${expected}, but ${nameOf(extra)} is there, too.`, this.hasOnly);
    return this;
  }

  /**
   * These revisions are recorded, oldest first.
   *
   * @param revisions each with its status: `1 superseded`, `2 deployed`; none where the release is gone
   * @throws MismatchError where others are
   */
  hasRevisions(...revisions: readonly string[]): this {
    const recorded = this.revisions();
    const found = recorded.map(({ revision, status }) => `${revision} ${status}`);
    if (found.join() === revisions.join()) return this;
    const message = `Expected the revisions ${revisions.join(', ') || '(none)'}, but there are ${found.join(', ') || 'none'}.`;
    const lines = recorded.map(({ revision, status, description }) => `  ${revision} ${status}: ${description}`);
    throw new MismatchError(message, lines.length === 0 ? [] : ['The history:', ...lines], this.hasRevisions);
  }

  #left(): Named[] {
    return this.objects().map((object) => this.#stage.named(refOf(object)));
  }

  #objectMismatch(message: string, below: Assertion): MismatchError {
    const all = this.#left();
    return new MismatchError(message, ['What is there:', ...(all.length === 0 ? ['  nothing'] : all.map((each) => `  ${nameOf(each)}`))], below);
  }
}
