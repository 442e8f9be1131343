import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { statePath } from './state';

/** Who talks to the API server, by the name that the audit log shows. */
export const USERS = {
  admin: 'admin',
  controllerManager: 'system:kube-controller-manager',
  scheduler: 'system:kube-scheduler',
  kubelet: 'system:node:real',
  kwok: 'system:node:fake',
} as const;

/** Makes a token for every user, and the key pair that signs the tokens of service accounts. */
export function createCredentials(): void {
  // All are superusers: the names are for the audit log, not for access control.
  const tokens = Object.values(USERS).map((user) => `${randomBytes(16).toString('hex')},${user},${user},system:masters`);
  writeSecret('tokens.csv', tokens.join('\n'));
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeSecret('service-accounts.pub', publicKey);
  writeSecret('service-accounts.key', privateKey);
}

/** Writes the kubeconfig of a user, once the API server has made its certificate, and returns its path. */
export function writeKubeconfig(user: keyof typeof USERS, server: string): string {
  const tokens = readFileSync(credential('tokens.csv'), 'utf8').split('\n').map((line) => line.split(','));
  const token = tokens.find(([, name]) => name === USERS[user])?.[0];
  const config = {
    'apiVersion': 'v1',
    'kind': 'Config',
    'clusters': [{ name: 'test', cluster: { server, 'certificate-authority-data': readFileSync(credential('apiserver.crt')).toString('base64') } }],
    'users': [{ name: user, user: { token } }],
    'contexts': [{ name: 'test', context: { cluster: 'test', user } }],
    'current-context': 'test',
  };
  writeSecret(`${user}.kubeconfig`, JSON.stringify(config, undefined, 2));
  return credential(`${user}.kubeconfig`);
}

/** Path of a file that holds a credential. */
export function credential(name: string): string {
  return statePath('credentials', name);
}

function writeSecret(name: string, content: string): void {
  writeFileSync(credential(name), content, { mode: 0o600 });
}
