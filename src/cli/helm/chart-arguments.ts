import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectionFlags } from '../session';
import { ValueFlags } from '../values/user-values';

/** Flags of an input that helm takes as they are. */
export interface ChartFlags extends ValueFlags {
  readonly resetValues?: boolean;
  readonly reuseValues?: boolean;
  readonly resetThenReuseValues?: boolean;
}

/** The flags of values as helm takes them; what came by standard input stands in a file that nobody else may read. */
export function valueArguments(flags: ChartFlags, stdin: string | undefined, folder: string): string[] {
  const file = join(folder, 'stdin');
  if (stdin !== undefined) writeFileSync(file, stdin, { mode: 0o600 });
  const path = (each: string) => (each.trim() === '-' ? file : each);
  const filed = (each: string) => each.replace(/=\s*-\s*$/, `=${file}`);
  const all: Readonly<Record<string, readonly string[]>> = {
    '--values': (flags.values ?? []).map(path),
    '--set-json': flags.setJson ?? [],
    '--set': flags.set ?? [],
    '--set-string': flags.setString ?? [],
    '--set-file': (flags.setFile ?? []).map(filed),
    '--set-literal': flags.setLiteral ?? [],
  };
  return Object.entries(all).flatMap(([flag, texts]) => texts.map((text) => `${flag}=${text}`));
}

/** The flags that say what becomes of the values of the revision before; helm knows them for an upgrade alone. */
export function reuseArguments({ resetValues, reuseValues, resetThenReuseValues }: ChartFlags): string[] {
  const flags = { '--reset-values': resetValues, '--reuse-values': reuseValues, '--reset-then-reuse-values': resetThenReuseValues };
  return Object.entries(flags).flatMap(([flag, isGiven]) => (isGiven ? [flag] : []));
}

/** The same cluster for helm as for us. */
export function connectionArguments({ kubeconfig, context }: ConnectionFlags): string[] {
  return [...(kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`]), ...(context === undefined ? [] : [`--kube-context=${context}`])];
}
