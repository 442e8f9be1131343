import { Container, Mistake, containersOf, mapsOf } from '../../vocabulary';
import { hookRule } from '../rule';
import { podOf } from '../subject';

/** Names that end so hold a secret; `PASSWORD_FILE`, `TOKEN_URL` and `PULL_SECRET`, which names one, do not. */
const SECRET = /(^|[_-])(pg|mysql|db)?(password|passwd|passphrase|token|client[_-]?secret|api[_-]?key|secret[_-]?key|secret[_-]?access[_-]?key|private[_-]?key)$/i;

/** What is no secret, whatever its name: nothing, a path, a truth, a number, and what stands for something else. */
const HARMLESS = /^$|^[/.~]|^(true|false|yes|no|on|off|none|null)$|^[0-9.]+$|\$|\{\{|^<.*>$|^%[a-z]$|^[*x]+$/i;

/** The password of an address that somebody logs in with: `postgres://user:password@host`. */
const LOGIN = /:\/\/[^\s/:@]{1,256}:([^\s/@]{1,256})@/;

function isSecret(name: string, value: unknown): boolean {
  return SECRET.test(name) && typeof value === 'string' && !HARMLESS.test(value);
}

function hasLogin(value: unknown): boolean {
  const password = typeof value === 'string' ? LOGIN.exec(value)?.[1] : undefined;
  return password !== undefined && !HARMLESS.test(password);
}

/** The options that carry a secret behind `=`. A word that follows one may be anything: `psql --password shop` asks for the password. */
function secretOptions(words: readonly unknown[]): string[] {
  return words.flatMap((word) => {
    const [, option, value] = (typeof word === 'string' && /^(--[\w-]{1,64})=(.*)$/s.exec(word)) || [];
    return option !== undefined && isSecret(option, value) ? [option] : [];
  });
}

function inContainer({ env, command, args }: Container): string[] {
  const variables = mapsOf(env).filter(({ name, value }) => typeof name === 'string' && (isSecret(name, value) || hasLogin(value)));
  const words = [command, args].flatMap((each): readonly unknown[] => (Array.isArray(each) ? each : []));
  return [
    ...variables.map(({ name }) => `the variable ${String(name)}`),
    ...secretOptions(words).map((option) => `the option ${option}`),
    ...(words.some(hasLogin) ? ['an address with a password in the command'] : []),
  ];
}

/** A secret in clear. */
export const plainSecret = hookRule({
  id: 'plain-secret',
  severity: 'warning',
  title: 'A secret in clear',
  why: 'Whoever may read the manifests, the Job or the release record reads it, and Git remembers it.',
  check: (hook) =>
    containersOf(podOf(hook) ?? {}).flatMap(inContainer).map((where): Mistake => ({
      message: `${where} holds what looks like a secret, in clear`,
      remedy: 'Put it into a Secret, and refer to that with valueFrom.secretKeyRef.',
    })),
});
