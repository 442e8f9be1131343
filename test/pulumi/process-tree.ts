import { readdirSync, readFileSync } from 'node:fs';
import { ProcessIdentity, isAlive, processWithId, signal } from '../cluster/process-identity';
import { waitUntil } from '../cluster/wait';

/** A process and all that it has started, directly or through others; parents first. */
export function processTree(pid: number): ProcessIdentity[] {
  const parents = parentsOf();
  const tree = [pid];
  for (const each of tree) tree.push(...parents.filter(({ parent }) => parent === each).map((child) => child.pid));
  return tree.flatMap((each) => processWithId(each) ?? []);
}

/** Kills processes and waits until they are gone. The first is stopped before its children are looked for, so that it starts no more. */
export async function killTree(pid: number): Promise<void> {
  const root = processWithId(pid);
  if (root) signal(root, 'SIGSTOP');
  const tree = processTree(pid);
  for (const each of tree) signal(each, 'SIGKILL');
  await waitUntil(`process ${pid} and what it started are gone`, () => !tree.some(isAlive), { seconds: 10 });
}

function parentsOf(): { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
