import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RevisionHead } from '../lifecycle';
import { BadInputError } from '../release';
import { mergeMaps } from '../vocabulary';
import { AppOptions, AppOutput, AppRequest, readOutput, withSynthesized } from './app';
import { ChartFlags } from './helm/chart-arguments';
import { HelmChart } from './helm/chart-source';
import { isHelmChart, isHelmChartFolder } from './helm/helm-chart';
import { ManifestInput, readManifestFiles, textOf } from './manifest-files';
import { shellWords } from './shell-words';
import { UsageError } from './usage-error';
import { NextValues, Reuse, nextValues } from './values/reuse';
import { checkValues } from './values/schema';
import { hasValues, userValues } from './values/user-values';

/** Flags that say where manifests come from, and with which values they are made. */
export interface InputFlags extends ChartFlags {
  readonly app?: string;
  /** Version of a chart in a registry. */
  readonly version?: string;
  /** The plan that is to be followed; it holds no manifests. */
  readonly plan?: string;
}

/** Where manifests come from: they are there, or a program, or helm, makes them for each revision. */
export type Input = ({ readonly kind: 'manifests' } & ManifestInput) | AppInput | ChartInput;

/** A chart that helm renders for each revision. */
export type ChartInput = { readonly kind: 'chart' } & HelmChart;

/** A program that makes the manifests of each revision. */
export interface AppInput extends Pick<HelmChart, 'flags' | 'stdin' | 'values' | 'reuse'> {
  readonly kind: 'app';
  readonly command: string;
}

/** What an app made of a revision: manifests with the values that were used for them, or a chart that helm had to render. */
export type Rendered<T> = { readonly kind: 'in-process'; readonly output: AppOutput; readonly next: NextValues } | { readonly kind: 'by-helm'; readonly result: T };

/** What the user said of the revision before counts as far as the flags say; of two that exclude each other the first does, as in Helm. */
function reuseOf({ resetValues, reuseValues, resetThenReuseValues }: InputFlags): Reuse {
  return resetValues ? 'reset' : reuseValues ? 'reuse' : resetThenReuseValues ? 'reset-then-reuse' : 'auto';
}

/** The values that flags give; standard input can be read only once. */
function valuesIn(flags: InputFlags): Pick<HelmChart, 'flags' | 'stdin' | 'values' | 'reuse'> {
  let stdin: string | undefined;
  const read = (path: string) => (path === '-' ? (stdin ??= textOf(path)) : textOf(path));
  const values = userValues(flags, read);
  return { flags, ...(stdin === undefined ? {} : { stdin }), values, reuse: reuseOf(flags) };
}

/** The manifests that the arguments name, or the program that makes them. No program is run for it, and no server is asked. */
export function readInput(paths: readonly string[], flags: InputFlags): Input {
  const { app } = flags;
  if (app !== undefined && paths.length > 0) throw new UsageError('--app and manifests exclude each other: name one of them');
  if (app !== undefined) {
    shellWords(app); // a quote that is not closed is told before anything else
    return { kind: 'app', command: app, ...valuesIn(flags) };
  }
  const chart = paths.find(isHelmChart);
  if (chart !== undefined && paths.length > 1) throw new UsageError(`${chart} is a chart that helm renders: name nothing beside it`);
  if (chart !== undefined) return { kind: 'chart', chart, ...(flags.version === undefined ? {} : { version: flags.version }), ...valuesIn(flags) };
  if (paths.length === 0) {
    const why = flags.plan === undefined ? 'no manifests' : `no manifests, and the plan ${flags.plan} holds none: give those that it was made of`;
    throw new UsageError(`${why}: name files or folders, - for standard input, or --app COMMAND`);
  }
  if (hasValues(flags)) throw new UsageError('-f and --set give values to a chart or to the program of --app; manifests are taken as they are');
  return { kind: 'manifests', ...readManifestFiles(paths) };
}

/** What the app wrote for a request, its values held against its schema before anybody reads a manifest. */
function inProcess(folder: string, { flags }: AppInput, { name }: AppRequest): AppOutput {
  const output = readOutput(folder);
  if (output.values?.schema !== undefined) checkValues(output.values.all, output.values.schema, output.chart?.name ?? name);
  if (output.values || !hasValues(flags)) return output;
  throw new BadInputError([{
    message: 'the program of --app takes no values',
    remedy: 'Leave out -f and --set, or make its App a HelmChartApp, whose values they are.',
  }]);
}

/**
 * Runs the app for a revision.
 *
 * @param byHelm renders a chart, where the app has written one: it has subcharts then, which are others'
 */
export function renderApp<T>(
  input: AppInput,
  head: RevisionHead,
  byHelm: (chart: HelmChart) => Promise<T>,
  options?: AppOptions,
): Promise<Rendered<T>> {
  const { command, flags, stdin, values, reuse } = input;
  const { release, namespace, revision, isInstall, base } = head;
  const next = nextValues(values, base, reuse);
  const request: AppRequest = { name: release, namespace, revision, isInstall, values: mergeMaps(next.defaults ?? {}, next.values) };
  const use = async (folder: string): Promise<Rendered<T>> => {
    if (existsSync(join(folder, 'values.json')) || !isHelmChartFolder(folder)) return { kind: 'in-process', output: inProcess(folder, input, request), next };
    return { kind: 'by-helm', result: await byHelm({ chart: folder, fetchesSubcharts: true, flags, stdin, values, reuse }) };
  };
  return withSynthesized(command, request, use, options);
}
