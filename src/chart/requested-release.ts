import { readFileSync } from 'fs';

/** Names the file in which `cdk8s-lifecycle` says for which release it runs an app. */
export const RELEASE_VARIABLE = 'CDK8S_LIFECYCLE_RELEASE';

/** The release that an app is to be rendered for. */
export interface RequestedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly revision: number;
  readonly isInstall: boolean;
  /** What the user said, a null for what is to be without a default. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** The release that somebody asks for; nothing where the app is to become a chart. */
export function requestedRelease(environment: Readonly<Record<string, string | undefined>> = process.env): RequestedRelease | undefined {
  const file = environment[RELEASE_VARIABLE];
  if (file === undefined || file === '') return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RequestedRelease;
  } catch (cause) {
    throw new Error(`${RELEASE_VARIABLE} names ${file}, which is not to be read. It is set by cdk8s-lifecycle alone; unset it.`, { cause });
  }
}
