import { ReleaseClaim, claimName, claimSecret, readClaimSecret } from '../../src/release';

const CLAIM: ReleaseClaim = {
  schema: 1,
  release: 'web',
  holder: 'urn:web',
  opening: 'o1',
  opened: { event: 'pre-upgrade', run: 'r1' },
  closing: { id: 'c1', run: 'r1', state: 'succeeded' },
  revision: 3,
  installed: true,
};
const REFUSED = { code: 'cluster', message: 'Secret shop/cdk8s-lifecycle.v1.web holds no readable claim', remedy: expect.stringContaining('delete that Secret') as string };

test('the Secret of a claim is named after the release, found by its labels, and is nobody\'s record', () => {
  expect(claimSecret(CLAIM, 'shop')).toEqual({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'cdk8s-lifecycle.v1.web', namespace: 'shop', labels: { owner: 'cdk8s-lifecycle', name: 'web' } },
    type: 'cdk8s-lifecycle/claim.v1',
    data: { claim: expect.any(String) as string },
  });
  expect(claimName('web')).toBe('cdk8s-lifecycle.v1.web');
});

test('a claim survives its Secret', () => {
  expect(readClaimSecret(claimSecret(CLAIM, 'shop'))).toEqual(CLAIM);
});

const holding = (text: string) => ({ ...claimSecret(CLAIM, 'shop'), data: { claim: Buffer.from(text).toString('base64') } });

const broken = [
  'null', '[]', '5', '{}', '{"schema":"1"}', '{"schema":1}', '{"schema":1,"holder":"h","opening":"o"}', '{"schema":1,"holder":5,"opening":"o","revision":1}',
  '{"schema":0,"holder":"h","opening":"o","revision":1,"installed":true}', '{"schema":1,"holder":"h","opening":"o","revision":"1","installed":true}',
  '{"schema":1,"holder":"h","opening":"o","revision":1,"installed":"no"}', '{"schema":1,"holder":"h","opening":"o","revision":1,"installed":true,"closing":"c"}',
  '{"schema":1,"holder":"h","opening":"o","revision":1,"installed":true,"opened":{"event":"lunch","run":"r"}}',
];

test.each(['', 'garbage', '{', ...broken])('a Secret that holds %j is refused by its name', (text) => {
  expect(() => readClaimSecret(holding(text))).toThrow(expect.objectContaining(REFUSED));
});

test.each([undefined, null, {}, { claim: 5 }])('a Secret whose data are %j is refused by its name', (data) => {
  expect(() => readClaimSecret({ ...claimSecret(CLAIM, 'shop'), data })).toThrow(expect.objectContaining(REFUSED));
});

test('a refusal shows nothing of what the Secret holds', () => {
  const read = () => readClaimSecret(holding('{"canary": tr0ub4dor'));
  expect(read).toThrow(expect.not.objectContaining({ message: expect.stringContaining('tr0ub4dor') as string }));
});

test('a claim of a newer version is refused, whatever else it holds', () => {
  expect(() => readClaimSecret(holding('{"schema":2,"owner":"h"}'))).toThrow(
    expect.objectContaining({
      code: 'refused',
      message: 'Secret shop/cdk8s-lifecycle.v1.web was written by a newer cdk8s-lifecycle (schema 2, this one knows 1)',
      remedy: 'Use at least that version for this release.',
    }),
  );
});
