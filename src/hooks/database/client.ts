import * as kplus from 'cdk8s-plus-27';
import { defined } from '../defined';
import { HookJob, HookJobProps } from '../hook-job';
import { HookProps } from '../hook-props';
import { shell } from '../shell';
import { Database } from './database';

/** Where the dumps are in the container of every hook that reads or writes them. */
const DUMPS = '/dumps';

/** What a hook that works with PostgreSQL's own programs can be told, beside what every hook can. */
interface ClientProps extends HookProps {
  readonly image?: string;
  readonly command?: string[];
  readonly on?: HookJobProps['on'];
}

/** The same, with what cannot be left out. */
type Client = ClientProps & { readonly image: string };

/** A hook in the image of PostgreSQL's programs that runs a script on a database, as far as the props do not say otherwise. */
export function client(database: Database, script: string, props: ClientProps, env: HookJobProps['env'] = {}): Client {
  const given = defined(props);
  const user = given.image === undefined ? { user: database.clientUser } : {}; // another image has other users
  return { image: database.clientImage, command: shell(script), ...user, ...given, env: { ...database.environment(), ...env, ...props.env } };
}

/** Mounts the claim that holds the dumps, and says where. */
export function mountDumps(hook: HookJob, claim: kplus.IPersistentVolumeClaim): void {
  const [container] = hook.job.containers;
  container.env.addVariable('BACKUPS', kplus.EnvValue.fromValue(DUMPS));
  container.mount(DUMPS, kplus.Volume.fromPersistentVolumeClaim(hook, 'Dumps', claim, { name: 'dumps' }));
}
