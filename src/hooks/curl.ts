import { Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { defined } from './defined';

/** The image of everything that speaks HTTP or TCP here: a shell, the tools of busybox and curl, 10 MB. */
export const CURL_IMAGE = 'docker.io/curlimages/curl:8.11.1';

/** Its user, `curl_user`, by number: `runAsNonRoot` does not know names. */
export const CURL_USER = 100;

/** What curl needs. */
export const CURL_RESOURCES: kplus.ContainerResources = {
  cpu: { request: kplus.Cpu.millis(10) },
  memory: { request: Size.mebibytes(16), limit: Size.mebibytes(64) },
};

/** A text as Kubernetes takes it literally in commands and variables, where it replaces $(NAME), and $$ by $. */
export function literal(text: string): string {
  return text.replace(/\$(?=[$(])/g, '$$$$');
}

/** Environment variables with these values; what is undefined is left out. */
export function variables(values: Readonly<Record<string, string | number | boolean | undefined>>): { [name: string]: kplus.EnvValue } {
  return Object.fromEntries(Object.entries(defined(values)).map(([name, value]) => [name, kplus.EnvValue.fromValue(literal(String(value)))]));
}

/** A script as a command: a whole one, or parts that the shell reads one after the other. */
export function shell(...parts: readonly string[]): string[] {
  const whole = parts[0].startsWith('#!') ? parts : ['#!/bin/sh\nset -eu\n', ...parts];
  return ['sh', '-c', whole.join('\n').replace(/^# shellcheck .*\n/gm, '')];
}

/** `host:port`, with IPv6 addresses in brackets. */
export function address(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
