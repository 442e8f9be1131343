import { USERS } from './credentials';

const { admin: _, ...COMPONENTS } = USERS;
const SYSTEM_USERS = [...Object.values(COMPONENTS), 'system:apiserver'];
const SYSTEM_GROUPS = ['system:serviceaccounts:kube-system'];
const READS = ['get', 'list', 'watch'];

/**
 * What the API server records: every request of people and tools, with the body of writes, and what controllers write.
 * Heartbeats, events and reads of the cluster's own parts would drown the rest.
 */
export const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  omitStages: ['RequestReceived', 'ResponseStarted', 'Panic'],
  omitManagedFields: true,
  rules: [
    { level: 'None', resources: [{ group: '', resources: ['events'] }, { group: 'events.k8s.io', resources: ['events'] }] },
    ...ofSystem({ level: 'None', verbs: READS }),
    ...ofSystem({ level: 'None', resources: [{ group: 'coordination.k8s.io', resources: ['leases'] }] }),
    ...ofSystem({ level: 'None', resources: [{ group: '', resources: ['nodes', 'nodes/status'] }] }),
    // Bodies of the token requests that mount service accounts would be credentials, and only that.
    { level: 'Metadata', resources: [{ group: '', resources: ['serviceaccounts/token'] }, { group: 'authentication.k8s.io', resources: ['*'] }] },
    ...ofSystem({ level: 'Request', resources: [{ group: '', resources: ['pods', 'pods/status', 'pods/binding'] }, { group: 'batch' }] }),
    ...ofSystem({ level: 'Metadata' }),
    { level: 'Metadata', verbs: READS },
    { level: 'Request' },
  ],
};

/** A rule for the cluster's own parts; one rule cannot name users or groups. */
function ofSystem(rule: object): object[] {
  return [{ ...rule, users: SYSTEM_USERS }, { ...rule, userGroups: SYSTEM_GROUPS }];
}
