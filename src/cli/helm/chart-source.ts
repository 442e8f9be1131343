import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContentSource, RevisionContent, RevisionHead } from '../../lifecycle';
import { BadInputError, ManifestFile, Masker, Resource, readContent } from '../../release';
import { Values, mergeMaps, toJson } from '../../vocabulary';
import { inPrivateFolder } from '../private-folder';
import { ConnectionFlags } from '../session';
import { Reuse, nextValues } from '../values/reuse';
import { ChartFlags, connectionArguments, reuseArguments, valueArguments } from './chart-arguments';
import { filesOf, renderedRelease } from './rendered-release';
import { HelmFailure, runHelm } from './run-helm';

/** A chart that only helm can render. */
export interface HelmChart {
  /** A folder, a package, or a reference in a registry. */
  readonly chart: string;
  /** Whether its subcharts are still to be fetched. */
  readonly fetchesSubcharts?: boolean;
  /** Which version of it, for a registry. */
  readonly version?: string;
  readonly flags: ChartFlags;
  /** What came by standard input, where a flag names it. */
  readonly stdin?: string;
  /** What the flags say, together. */
  readonly values: Values;
  readonly reuse: Reuse;
}

/** Where helm works, and for how long. */
export interface HelmPlace extends ConnectionFlags {
  /** Take over objects that exist and do not belong to the release. */
  readonly takeOwnership?: boolean;
  readonly interrupt?: AbortSignal;
}

/** Everything that a user said of values, as text. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.values(value).flatMap(textsOf);
}

/** A release as helm template renders it. */
interface Template {
  readonly rendered: RevisionContent;
  /** How that was done, where it was not done in the usual way; words that go on a sentence. */
  readonly how: string;
}

/** Helm for one chart. */
class Helm {
  readonly #input: HelmChart;
  readonly #place: HelmPlace;
  #definitions?: Promise<readonly Resource[]>;

  constructor(input: HelmChart, place: HelmPlace) {
    this.#input = input;
    this.#place = place;
  }

  /** What the chart has in crds/, with that of its subcharts: no dry run prints it. */
  definitions(): Promise<readonly Resource[]> {
    return (this.#definitions ??= this.#showDefinitions());
  }

  /** The release as helm would make it now. */
  async rehearsal({ release, isInstall, base }: RevisionHead): Promise<RevisionContent> {
    const reuse = isInstall ? [] : reuseArguments(this.#input.flags);
    const own = this.#place.takeOwnership ? ['--take-ownership'] : [];
    const args = [isInstall ? 'install' : 'upgrade', release, ...this.#chart(), '--dry-run=server', '--output=json', ...reuse, ...own, ...this.#cluster()];
    const json = await this.#withValues((values) => this.#run([...args, ...values], base?.config));
    const { files, ...origin } = renderedRelease(json);
    return { content: await this.#content(files), ...origin };
  }

  /** The same without the revision; and without the cluster, where helm 4 misses kinds there that the chart brings along. */
  async template(head: RevisionHead): Promise<Template> {
    try {
      return { rendered: await this.#template(head, 'server'), how: '' };
    } catch (error) {
      if (!(error instanceof HelmFailure)) throw error;
      return { rendered: await this.#template(head, 'client'), how: ' without asking the cluster' };
    }
  }

  async #template({ release, isInstall, base }: RevisionHead, dryRun: 'server' | 'client'): Promise<RevisionContent> {
    const args = ['template', release, ...this.#chart(), `--dry-run=${dryRun}`, ...(isInstall ? [] : ['--is-upgrade']), ...this.#cluster()];
    const print = (values: readonly string[]) => this.#run([...args, ...values], base?.config);
    const text = await (isInstall ? this.#withValues(print) : inPrivateFolder((folder) => print(this.#nextValues(folder, base))));
    return { content: await this.#content(filesOf(text)) };
  }

  /** The values of an upgrade, which helm template knows nothing of, in a file. */
  #nextValues(folder: string, base: RevisionHead['base']): string[] {
    const { values, defaults = {} } = nextValues(this.#input.values, base, this.#input.reuse);
    const file = join(folder, 'values.json');
    writeFileSync(file, toJson(mergeMaps(defaults, values)), { mode: 0o600 });
    return [`--values=${file}`];
  }

  /** All that the chart holds, without a cluster. */
  async manifests({ release }: Pick<RevisionHead, 'release'>): Promise<ManifestFile[]> {
    await this.#fetchSubcharts();
    return filesOf(await this.#withValues((values) => this.#run(['template', release, ...this.#chart(), '--include-crds', ...values, ...this.#cluster()])));
  }

  async #fetchSubcharts(): Promise<void> {
    if (this.#input.fetchesSubcharts) await this.#run(['dependency', 'update', this.#input.chart]);
  }

  /** Every rendering begins with the definitions, so that the subcharts are there then. */
  async #showDefinitions(): Promise<readonly Resource[]> {
    await this.#fetchSubcharts();
    const text = await this.#run(['show', 'crds', ...this.#chart()]);
    if (text.trim() === '') return [];
    const { definitions, resources } = readContent([{ path: 'crds/all.yaml', text }], this.#place.namespace ?? '');
    return [...definitions, ...resources];
  }

  async #content(files: readonly ManifestFile[]): Promise<RevisionContent['content']> {
    const { hooks, resources } = readContent(files, this.#place.namespace ?? '');
    return { definitions: await this.definitions(), hooks, resources };
  }

  #chart(): string[] {
    const { chart, version } = this.#input;
    return [chart, ...(version === undefined ? [] : [`--version=${version}`])];
  }

  #cluster(): string[] {
    const { namespace } = this.#place;
    return [...(namespace === undefined ? [] : [`--namespace=${namespace}`]), ...connectionArguments(this.#place)];
  }

  #withValues<T>(use: (args: readonly string[]) => Promise<T>): Promise<T> {
    return inPrivateFolder((folder) => use(valueArguments(this.#input.flags, this.#input.stdin, folder)));
  }

  /** Runs helm; what it complains about quotes no value that the user has given, now or before. */
  async #run(args: readonly string[], before: Values = {}): Promise<string> {
    try {
      return await runHelm(args, this.#input.chart, this.#place.interrupt);
    } catch (error) {
      if (!(error instanceof HelmFailure)) throw error;
      const masker = new Masker({ values: [this.#input.values, before].flatMap(textsOf).map((text) => Buffer.from(text)) });
      throw new HelmFailure(masker.mask(error.message), { cause: error.cause });
    }
  }
}

function refused({ chart }: HelmChart, release: string, error: unknown): unknown {
  if (!(error instanceof HelmFailure)) return error;
  return new BadInputError([{ message: `helm cannot render the chart ${chart}: ${error.message}`, remedy: `Correct the chart or the values; helm template ${release} ${chart} renders it by itself.` }]);
}

/**
 * What a revision is to hold, from a chart that helm renders: under our lock after its definitions were created, for without them its dry run fails.
 *
 * Where nothing may be touched, and helm cannot rehearse the release, it is shown as a template.
 */
export function chartSource(input: HelmChart, place: HelmPlace): ContentSource {
  const helm = new Helm(input, place);
  return async (head, held) => {
    try {
      const definitions = await helm.definitions();
      if (held) {
        await held.define(definitions);
        const { content, ...origin } = await helm.rehearsal(head);
        return { ...origin, content: { ...content, definitions: [] } };
      }
      try {
        return await helm.rehearsal(head);
      } catch (error) {
        if (!(error instanceof HelmFailure)) throw error;
        const reason = error.message.split('\n')[0];
        const { rendered, how } = await helm.template(head);
        return { ...rendered, warnings: [`helm cannot rehearse revision ${head.revision} before it begins (${reason}): it is shown as helm template renders it${how}, as revision 1`] };
      }
    } catch (error) {
      throw refused(input, head.release, error);
    }
  };
}

/** The manifests of a chart with its definitions, as they are before any cluster is asked. */
export async function templateFiles(input: HelmChart, head: Pick<RevisionHead, 'release' | 'namespace'>): Promise<readonly ManifestFile[]> {
  try {
    return await new Helm(input, { namespace: head.namespace }).manifests(head);
  } catch (error) {
    throw refused(input, head.release, error);
  }
}
