import { KubeObject, TIMEOUT, podSpecsOf } from '../../src/vocabulary';
import { EVERY_PROP } from './every-prop';
import './synth';
import { Pick, asTemplates, asValues, asWritten } from './value-source';

const one: Pick = (first) => first;
const other: Pick = (_, second) => second;

/** Jobs and Pods without how long the runner waits for them, which is more than it has to be where a value decides on their deadlines. */
function withoutWait(objects: readonly KubeObject[]): readonly KubeObject[] {
  for (const { kind, metadata } of objects) if (kind !== 'ConfigMap') Object.assign(metadata.annotations!, { [TIMEOUT]: undefined });
  return objects;
}

/** Objects without the names of the containers that wait, too: those of values are made of their defaults. */
function unnamed(objects: readonly KubeObject[]): readonly KubeObject[] {
  const waiting = objects.flatMap(podSpecsOf).flatMap(({ initContainers = [] }) => initContainers);
  for (const container of waiting) Object.assign(container, { name: undefined });
  return withoutWait(objects);
}

describe.each(Object.entries(EVERY_PROP))('%s', (_, making) => {
  test('is with default values what it is with the same things written', () => {
    expect(withoutWait(asValues(making, 'defaults'))).toEqual(withoutWait(asWritten(making, one)));
  });

  test('is with other values what it is with those written', () => {
    const objects = unnamed(asValues(making, 'others'));
    expect(objects).toEqual(unnamed(asWritten(making, other)));
    expect(objects).not.toEqual(unnamed(asWritten(making, one)));
  });

  test('has every value in its templates', () => {
    const { templates, values } = asTemplates(making);
    const missing = [...Array(values).keys()].filter((index) => !new RegExp(`\\.Values\\.v${index}\\b`).test(templates));
    expect(missing).toEqual([]);
  });
});
