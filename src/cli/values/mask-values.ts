import { MASK, Masker, ReleaseRecord, recordedContent, secretValues } from '../../release';
import { isMap } from '../../vocabulary';

type Mask = (text: string) => string;

function masked(value: unknown, mask: Mask): unknown {
  if (Array.isArray(value)) return value.map((each) => masked(each, mask));
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each, mask)]));
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return value;
  const text = String(value);
  const shown = mask(text);
  return shown === text ? value : shown;
}

/** A revision whose values and notes say nothing that its Secrets hold. */
export function maskValues(record: ReleaseRecord): ReleaseRecord {
  const { hooks, resources } = recordedContent(record);
  const secrets = [...hooks, ...resources].flatMap(({ object }) => secretValues(object));
  const short = new Set(secrets.map((bytes) => Buffer.from(bytes).toString('utf8'))); // a masker looks for no short ones, for they are parts of words
  const masker = new Masker({ values: secrets });
  const { chart, config, info } = record;
  const mask: Mask = (text) => (short.has(text) ? MASK : masker.mask(text));
  return {
    ...record,
    info: { ...info, ...(info.notes === undefined ? {} : { notes: masker.mask(info.notes) }) },
    ...(chart ? { chart: { ...chart, values: masked(chart.values, mask) } } : {}), // a foreign record may have none
    ...(config ? { config: masked(config, mask) as ReleaseRecord['config'] } : {}),
  };
}
