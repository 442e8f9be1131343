import { KubeObject, isMap } from '../../vocabulary';

/** What the server gives a Service that does not ask for it. */
const GIVEN = ['clusterIP', 'clusterIPs', 'healthCheckNodePort'];

interface ServiceSpec {
  readonly ports?: readonly { readonly nodePort?: number }[];
  readonly [field: string]: unknown;
}

/**
 * The answer to a dry run without the addresses and ports that a Service will only get when it is meant: a dry run allocates none, and answers with what stands
 * first in the range (pkg/registry/core/service/ipallocator, dryRunRange).
 *
 * @param known the live object and the manifest: what one of them says is no placeholder
 */
export function withoutPlaceholders(answer: KubeObject, known: readonly (KubeObject | undefined)[]): KubeObject {
  if (answer.kind !== 'Service' || !isMap(answer.spec)) return answer;
  const specs = known.map((object) => (object?.spec ?? {}) as ServiceSpec);
  const { ports, ...fields } = answer.spec as ServiceSpec;
  const nodePorts = new Set(specs.flatMap((spec) => (spec.ports ?? []).map(({ nodePort }) => nodePort)));
  const real = Object.entries(fields).filter(([field]) => !GIVEN.includes(field) || specs.some((spec) => field in spec));
  const realPorts = ports?.map(({ nodePort, ...port }) => (nodePort !== undefined && nodePorts.has(nodePort) ? { ...port, nodePort } : port));
  return { ...answer, spec: { ...Object.fromEntries(real), ...(realPorts ? { ports: realPorts } : {}) } };
}
