import { YAMLException, load } from 'js-yaml';
import { Measure, UnusableValue, measure } from './measure';
import { loadOptions } from './yaml-schema';

/** How YAML is read. */
export interface YamlReading {
  /**
   * As Helm reads it: of a key that stands twice in a map the last one counts, and unknown tags mean nothing. Otherwise both are refused.
   *
   * @default false
   */
  readonly lenient?: boolean;
}

/** YAML that cannot be used. */
export class YamlError extends Error {
  /** Where in the text it is, from 0; absent where it is the document as a whole. */
  readonly line?: number;

  constructor(reason: string, line: number | undefined, cause: unknown) {
    super(reason, { cause });
    this.line = line;
  }
}

/** No API server takes a larger request: k8s.io/apiserver, MaxRequestBodyBytes. */
const MAX_JSON_LENGTH = 3 * 1024 * 1024;

/** A list that Helm recorded is many objects, each a request of its own. */
const MAX_LIST_LENGTH = 64 * 1024 * 1024;

/** What js-yaml makes of a map that is the key of a map, as in `image: {{ .Values.image }}`; the parser of Helm refuses it. */
const MAP_AS_KEY = '[object Object]';

function refuseMapAsKey(value: object): void {
  if (Object.hasOwn(value, MAP_AS_KEY)) throw new UnusableValue('a map is the key of a map');
}

/** How much of a document may come from aliases, as in the parser of Helm: goyaml.v2/decode.go, allowedAliasRatio. */
function allowedAliasRatio(nodes: number): number {
  const [low, high] = [400_000, 4_000_000];
  return nodes <= low ? 0.99 : nodes >= high ? 0.1 : 0.99 - (0.89 * (nodes - low)) / (high - low);
}

function refuseExpansion({ nodes, ownNodes, length }: Measure, { lenient = false }: YamlReading): void {
  const repeated = nodes - ownNodes;
  if (repeated > 100 && nodes > 1000 && repeated / nodes > allowedAliasRatio(nodes)) throw new UnusableValue('its aliases stand for too much');
  const limit = lenient ? MAX_LIST_LENGTH : MAX_JSON_LENGTH;
  if (length > limit) throw new UnusableValue(`written out it is larger than ${limit / 1024 / 1024} MiB, and no API server takes that`);
}

/** What js-yaml says, without what it quotes: a password that begins with `*` or `!` would be an alias or a tag. */
function reasonOf({ reason }: YAMLException): string {
  return reason.replace(/(?: ?"|(?: for| with)? !<|: )[^]*/, '');
}

/**
 * Reads one YAML document as Helm and kubectl do.
 *
 * @returns undefined for an empty one
 * @throws YamlError and nothing else
 */
export function readYaml(text: string, reading: YamlReading = {}): unknown {
  try {
    const value = load(text, loadOptions(reading.lenient));
    refuseExpansion(measure(value, refuseMapAsKey), reading);
    return value;
  } catch (error) {
    if (error instanceof UnusableValue) throw new YamlError(error.message, undefined, error);
    if (error instanceof YAMLException) throw new YamlError(reasonOf(error), error.mark?.line ?? 0, error);
    throw error;
  }
}
