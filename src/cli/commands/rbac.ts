import { Command, Option } from 'commander';
import { isClusterError } from '../../cluster';
import { OperationName, RoleSubject, grants, releasePermissions } from '../../lifecycle';
import { History, ReleaseContent, lastOf } from '../../release';
import { namespaceText, rbacText } from '../../report';
import { CheckedInput, contentSource, readChecked } from '../content-source';
import { EXIT } from '../exit-codes';
import { InputFlags } from '../input';
import { withConnection, withManifests } from '../options';
import { Streams } from '../output';
import { ConnectionFlags, Session, checkReleaseName, withSession } from '../session';
import { UsageError } from '../usage-error';

const OPERATIONS: readonly OperationName[] = ['install', 'upgrade', 'rollback', 'uninstall', 'test'];

interface RbacFlags extends ConnectionFlags, InputFlags {
  readonly for: OperationName | 'all';
  readonly wait?: boolean;
  readonly createNamespace?: boolean;
  readonly serviceAccount?: string;
  readonly user?: string;
  readonly group?: string;
}

function checkSubject({ serviceAccount, user, group }: RbacFlags): void {
  if ([serviceAccount, user, group].filter((each) => each !== undefined).length <= 1) return;
  throw new UsageError('--service-account, --user and --group exclude each other: name one of them');
}

function subjectOf({ serviceAccount, user, group }: RbacFlags, namespace: string): RoleSubject {
  if (user !== undefined) return { kind: 'User', name: user };
  if (group !== undefined) return { kind: 'Group', name: group };
  const [name, where] = (serviceAccount ?? 'cdk8s-lifecycle').split('/').reverse();
  return { kind: 'ServiceAccount', name, namespace: where ?? namespace };
}

/** The revisions so far, as far as they may be read. */
async function historyIfAllowed({ history }: Session, { err }: Streams): Promise<History> {
  try {
    return await history();
  } catch (error) {
    if (!isClusterError(error, 'forbidden')) throw error;
    err('warning: the revisions of the release may not be read, so what only older ones hold is missing');
    return [];
  }
}

/** Namespaces that the release brings along; its own must be there before it. */
function madeBy(content: ReleaseContent | undefined, namespace: string): string[] {
  const refs = [...(content?.resources ?? []), ...(content?.hooks ?? [])].map(({ ref }) => ref);
  return refs.filter(({ kind, name }) => kind === 'Namespace' && name !== namespace).map(({ name }) => name);
}

/** What the next revision would hold. */
async function contentOf(input: CheckedInput, history: History, { release, namespace }: Session, flags: ConnectionFlags): Promise<ReleaseContent> {
  const base = lastOf(history);
  const head = { release, namespace, revision: (base?.version ?? 0) + 1, isInstall: base === undefined, ...(base ? { base } : {}) };
  return (await contentSource(input, { ...flags, namespace })(head)).content;
}

async function print(session: Session, input: CheckedInput | undefined, flags: RbacFlags, streams: Streams): Promise<void> {
  const { release, namespace, cluster } = session;
  const subject = subjectOf(flags, namespace);
  if (!input && ['install', 'upgrade'].includes(flags.for)) throw new UsageError(`no manifests: what is needed for an ${flags.for} follows from them`);
  const history = await historyIfAllowed(session, streams);
  const content = input && (await contentOf(input, history, session, flags));
  if (!content && history.length === 0) {
    throw new UsageError(`no manifests, and no release "${release}" in namespace ${namespace} whose revisions could tell: name one of them`);
  }
  const operations = flags.for === 'all' ? OPERATIONS : [flags.for];
  const permissions = await releasePermissions({ operations, content, history, options: { release, namespace, wait: flags.wait } }, cluster);
  if (flags.createNamespace) streams.out(namespaceText(namespace));
  streams.out(rbacText(grants(permissions, { release, namespace, subject, made: madeBy(content, namespace) })));
}

/** `rbac RELEASE [MANIFESTS…]` */
export function rbacCommand(streams: Streams, exit: (code: number) => void): Command {
  const command = new Command('rbac')
    .description('print the Role and bindings that operations on a release need: all of them, and no more')
    .argument('<release>', 'name of the release');
  return withConnection(withManifests(command))
    .addOption(new Option('--for <operation>', 'operation to allow').choices([...OPERATIONS, 'all']).default('all'))
    .option('--service-account <name>', 'ServiceAccount that gets them, NAMESPACE/NAME where it is in another namespace (default: cdk8s-lifecycle)')
    .option('--user <name>', 'user that gets them')
    .option('--group <name>', 'group that gets them')
    .option('--wait', 'include what the flag --wait of the operations needs')
    .option('--create-namespace', 'print the namespace, too: a Role in it needs it first')
    .action(async (release: string, manifests: string[], flags: RbacFlags) => {
      checkReleaseName(release);
      checkSubject(flags);
      const isGiven = manifests.length > 0 || flags.app !== undefined;
      const input = isGiven ? readChecked(manifests, flags) : undefined;
      await withSession(release, flags, (session) => print(session, input, flags, streams));
      exit(EXIT.done);
    });
}
