/** A script as a command: a whole one, or parts that the shell reads one after the other. */
export function shell(...parts: readonly string[]): string[] {
  const whole = parts[0].startsWith('#!') ? parts : ['#!/bin/sh\nset -eu\n', ...parts];
  return ['sh', '-c', whole.join('\n').replace(/^# shellcheck .*\n/gm, '')];
}
