/** A command that stops at the first error, and never asks for a password. */
export function psql(...args: string[]): string[] {
  return ['psql', '--no-psqlrc', '--no-password', '--quiet', '--set=ON_ERROR_STOP=1', ...args];
}
