import { KubeObject } from '../../vocabulary';

/** What happens in the container of a Job, or of a Pod that nobody owns. */
export interface JobScript {
  /**
   * How long the container runs, such as `800ms`, `5s` or `2m`; `ever` until somebody stops it.
   *
   * @default 1s
   */
  readonly for?: string;

  /**
   * What it exits with.
   *
   * @default 0
   */
  readonly exitCode?: number;

  /**
   * What it prints, evenly spread over the time it runs; over its first second where it runs for ever.
   *
   * @default - nothing
   */
  readonly logs?: readonly string[];
}

/** The script of each Job or Pod by name, or a function that reads it off the object. */
export type JobScripts = Readonly<Record<string, JobScript>> | ((job: KubeObject) => JobScript | undefined);

/** The Job runs so long, prints so much and exits with such a code. */
export function runs(script: JobScript = {}): JobScript {
  return script;
}

/** The script for a Job; one that nobody scripted succeeds after a second. */
export function scriptOf(scripts: JobScripts, job: KubeObject): JobScript {
  return (typeof scripts === 'function' ? scripts(job) : scripts[job.metadata.name!]) ?? {};
}

/** `800ms`, `5s`, `2m`, `1h` in milliseconds. */
export function milliseconds(duration: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(duration);
  if (!match) throw new RangeError(`"${duration}" is not a duration such as 800ms, 5s or 2m`);
  return Number(match[1]) * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match[2] as 'ms' | 's' | 'm' | 'h'];
}
