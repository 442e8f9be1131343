import { Container, Mistake, containersOf, mapsOf, pathTo } from '../../vocabulary';
import { hookRule } from '../rule';

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

/** What holds a secret: in words, and itself, as it stands in the container. */
type Holder = readonly [string, unknown];

/** The options that carry a secret behind `=`. A word that follows one may be anything: `psql --password shop` asks for the password. */
function secretOptions(words: readonly unknown[]): Holder[] {
  return words.flatMap((word) => {
    const [, option, value] = (typeof word === 'string' && /^(--[\w-]{1,64})=(.*)$/s.exec(word)) || [];
    return option !== undefined && isSecret(option, value) ? [[`the option ${option}`, word]] : [];
  });
}

function inContainer({ env, command, args }: Container): Holder[] {
  const variables = mapsOf(env).filter(({ name, value }) => typeof name === 'string' && (isSecret(name, value) || hasLogin(value)));
  const words = [command, args].flatMap((each): readonly unknown[] => (Array.isArray(each) ? each : []));
  return [
    ...variables.map((variable): Holder => [`the variable ${String(variable.name)}`, variable]),
    ...secretOptions(words),
    ...words.filter(hasLogin).slice(0, 1).map((word): Holder => ['an address with a password in the command', word]),
  ];
}

/** A secret in clear. */
export const plainSecret = hookRule({
  id: 'plain-secret',
  severity: 'warning',
  title: 'A secret in clear',
  why: 'Whoever may read the manifests, the Job or the release record reads it, and Git remembers it.',
  check: (hook) =>
    containersOf(hook.pod ?? {}).flatMap(inContainer).map(([where, holder]): Mistake => ({
      message: `${where} holds what looks like a secret, in clear`,
      remedy: 'Put it into a Secret, and refer to that with valueFrom.secretKeyRef.',
      path: pathTo(hook.object, holder),
    })),
});
