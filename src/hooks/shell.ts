import { RUN_MAIN } from './scripts/run-main';

/** A script as a command: a whole one, or parts that the shell reads one after the other. It ends at once when its Pod is deleted. */
export function shell(...parts: readonly string[]): string[] {
  const main = parts.join('\n').replace(/^#!\/bin\/sh\n/, '').replace(/^set -eu\n/m, '');
  const script = `#!/bin/sh\nset -eu\n\nmain() {\n${main}}\n\n${RUN_MAIN}`;
  return ['sh', '-c', script.replace(/^# shellcheck .*\n/gm, '')];
}
