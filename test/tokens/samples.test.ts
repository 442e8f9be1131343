import { mintNumber, mintStructure, mintText, sampleText, withSamples } from '../../src/tokens';

const source = undefined;
const tag = mintText({ label: 'image.tag', sample: '2.0', source });
const host = mintText({ label: 'host', source });
const replicas = mintNumber({ label: 'replicas', sample: 2, source });
const unknown = mintNumber({ label: 'retries', source });
const enabled = mintStructure({ label: 'enabled', sample: false, source });
const hosts = mintStructure({ label: 'hosts', sample: ['a'], source });
const anything = mintStructure({ label: 'anything', source });

test('a value stands as its sample; one of which nothing is known says so', () => {
  expect(withSamples({
    image: `web:${tag}`,
    [`on-${tag}`]: [replicas, enabled, hosts],
    url: `https://${host}:${replicas}/`,
    unknown: [host, unknown, anything],
    other: [1, 'x', null],
  })).toEqual({
    'image': 'web:2.0',
    'on-2.0': [2, false, ['a']],
    'url': 'https://{{ host }}:2/',
    'unknown': ['{{ host }}', '{{ retries }}', '{{ anything }}'],
    'other': [1, 'x', null],
  });
});

test('a text stands as it will be, as far as can be said', () => {
  expect(sampleText(`${tag}-${replicas}-${host}`)).toBe('2.0-2-{{ host }}');
});

test('what is no text cannot be a part of one', () => {
  expect(() => withSamples({ a: { b: `x-${hosts}` } })).toThrow('/a/b: hosts is no text, so it cannot be a part of one');
});
