/** A line of a container's log. */
export interface LogLine {
  readonly pod: string;
  readonly container: string;
  readonly line: string;
}

/** That lines come from several Pods, or from several containers of one: what is needed to tell them apart. */
export type LogSources = 'pods' | 'containers';

/** Where lines come from; nothing where one container has printed them all. */
export function sourcesOf(lines: readonly Pick<LogLine, 'pod' | 'container'>[]): LogSources | undefined {
  if (lines.some(({ pod }) => pod !== lines[0].pod)) return 'pods';
  return lines.some(({ container }) => container !== lines[0].container) ? 'containers' : undefined;
}

/** What stands before a line, so that it is known where it comes from: `migrate-x7k2p/main| `, `main| ` or nothing. */
export function linePrefix(among: LogSources | undefined, { pod, container }: Pick<LogLine, 'pod' | 'container'>): string {
  switch (among) {
    case 'pods':
      return `${pod}/${container}| `;
    case 'containers':
      return `${container}| `;
    case undefined:
      return '';
  }
}
