import { plainSecret } from '../../../src/lint/rules/plain-secret';
import { job } from '../objects';
import { cases } from './cases';

cases(plainSecret, {
  bad: [
    ['a password', ['the variable PGPASSWORD'], job({ container: { env: [{ name: 'PGPASSWORD', value: 'hunter2' }] } })],
    ['a token', ['the variable GITHUB_TOKEN'], job({ container: { env: [{ name: 'GITHUB_TOKEN', value: 'ghp_abc' }] } })],
    ['an address', ['the variable DATABASE_URL'], job({ container: { env: [{ name: 'DATABASE_URL', value: 'postgres://shop:hunter2@db/shop' }] } })],
    ['an option', ['the option --db-password'], job({ container: { args: ['--db-password=hunter2'] } })],
    ['an address in a command', ['an address with a password'], job({ container: { command: ['sh', '-c', 'pg_dump postgres://shop:hunter2@db/shop'] } })],
  ],
  good: [
    ['a reference', job({ container: { env: [{ name: 'PGPASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }] } })],
    ['a file', job({ container: { env: [{ name: 'PASSWORD_FILE', value: 'secret.txt' }, { name: 'TOKEN', value: '/var/run/token' }] } })],
    ['a name', job({ container: { env: [{ name: 'TLS_SECRET', value: 'shop-tls' }, { name: 'SECRET_NAME', value: 'shop' }, { name: 'AWS_ACCESS_KEY_ID', value: 'AKIA' }] } })],
    ['a switch or a number', job({ container: { env: [{ name: 'USE_TOKEN', value: 'true' }, { name: 'MAX_TOKEN', value: '100' }, { name: 'API_KEY', value: '' }] } })],
    ['a variable', job({ container: { env: [{ name: 'PASSWORD', value: '$(PGPASSWORD)' }], args: ['--password=$PW', 'postgres://shop:${PW}@db', 'http://%s:%s@db', 'https://db:5432/a@b'] } })],
    ['an option without a value', job({ container: { command: ['psql', '--no-password', '--password', 'shop'] } })],
    ['what is no text', job({ container: { env: [null, { name: 'PASSWORD', value: 7 }, { value: 'a' }], args: 'x', command: [1] } })],
  ],
});
