interface Named {
  readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
}

const VERBS: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' };

function verbOf(method: string, url: URL, name: string | undefined, contentType: string): string {
  if (url.searchParams.get('watch') === 'true') return 'watch';
  if (method === 'GET') return name === undefined ? 'list' : 'get';
  return contentType.includes('apply-patch') ? 'apply' : VERBS[method];
}

/** Secrets are the records and the journals of a release; a record is told with its status. */
function secretKind(name: string, labels: Readonly<Record<string, string>> = {}): string {
  if (name.startsWith('sh.helm.release.')) return labels.status ? `record ${labels.status}` : 'record';
  return name.startsWith('cdk8s-lifecycle.') ? 'journal' : 'secret';
}

/** What a request is called in the tables: `create jobs`, `update record deployed`, `watch pods`, `discover batch/v1`. */
export function requestName(method: string, path: string, contentType: string, body: string): string {
  const url = new URL(path, 'https://any');
  const [, group, rest = ''] = /^\/(?:api|apis)\/(v1|[^/]+\/[^/]+)(?:\/(.*))?$/.exec(url.pathname) ?? [];
  if (group === undefined) return `${method.toLowerCase()} ${url.pathname}`;
  if (rest === '') return `discover ${group}`;
  const [resource, name] = rest.replace(/^namespaces\/[^/]+\/(?=.)/, '').split('/');
  const verb = verbOf(method, url, name, contentType);
  if (resource !== 'secrets' || ['list', 'watch'].includes(verb)) return `${verb} ${resource}`;
  const { metadata = {} } = (body ? JSON.parse(body) : {}) as Named;
  return `${verb} ${secretKind(name ?? metadata.name ?? '', metadata.labels)}`;
}
