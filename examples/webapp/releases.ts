import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WebAppProps } from './webapp';

/** The migrations that each version of the web app brings. That of 3.0.0 fails, to show what a release does then. */
const MIGRATIONS = {
  '1.0.0': ['001-create-visitors.sql'],
  '2.0.0': ['001-create-visitors.sql', '002-remember-visits.sql'],
  '3.0.0': ['001-create-visitors.sql', '002-remember-visits.sql', '003-require-email.sql'],
};

/** A version of the web app that was released. */
export type Version = keyof typeof MIGRATIONS;

/** Every version, oldest first. */
export const VERSIONS = Object.keys(MIGRATIONS) as Version[];

/** What is particular to a version. */
export function release(version: Version): WebAppProps {
  const read = (name: string) => readFileSync(join(__dirname, 'migrations', name), 'utf8');
  return { version, migrations: Object.fromEntries(MIGRATIONS[version].map((name) => [name, read(name)])) };
}
