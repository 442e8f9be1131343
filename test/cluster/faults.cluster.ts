import { AuditLog } from '../conformance/audit-log';
import { Kube } from '../conformance/kube';
import { AuditRecord } from './audit';
import { makeCertificate } from './faults/certificate';
import { describeFault } from './faults/fault';
import { inLanes } from './faults/lanes';
import { Manifests, Sight, expectedAfter, verdictOf } from './faults/shop';
import { FAULTS, KILLS } from './faults/table';
import { SeenRun, Trial, Tried, attempt } from './faults/trial';

/*
 * On the real API server something goes wrong once in the middle of an operation: a fault of the connection or the server, or the process is killed.
 * Afterwards the operation is done, or doing it again does it, and nobody was told a lie about a hook on the way.
 */

const LANES = 6;

const ALL = [...FAULTS, ...KILLS];
let results: Map<Trial, PromiseSettledResult<Tried>>;
/** What the Job controller has written about Jobs: its verdicts outlive them. */
let jobStatuses: readonly AuditRecord[];

beforeAll(async () => {
  const [log, kube, certificate, manifests] = [await AuditLog.fromNowOn(), await Kube.start(), await makeCertificate(), new Manifests()];
  try {
    results = await inLanes(ALL, LANES, (trial) => attempt(trial, { kube, certificate, manifests }));
    jobStatuses = await log.read((line) => /"namespace":"faults-/.test(line) && /\/jobs\/[^/]+\/status"/.test(line));
  } finally {
    kube.stop();
    manifests.remove();
  }
}, 900_000);

function triedOf(trial: Trial): Tried {
  const result = results.get(trial)!;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

/** What a run said of a hook, against what Kubernetes said of its Job in the time of that run. */
function lies(namespace: string, { verdicts, from }: SeenRun, until = '~'): string[] {
  return Object.entries(verdicts).flatMap(([name, verdict]) => {
    const written = jobStatuses.filter((each) => each.namespace === namespace && each.name === name && each.time >= from && each.time < until);
    const stored = written.filter(({ code }) => code === 200);
    const last = stored.map(({ requestObject }) => verdictOf((requestObject as { readonly status?: unknown }).status)).at(-1);
    if ((verdict === 'succeeded') === (last === 'Complete')) return [];
    return [`${name} was reported ${verdict}, and Kubernetes says of its Job: ${last ?? 'nothing'}`];
  });
}

function statuses({ records }: Sight): string[] {
  return records.map(({ info }) => info.status);
}

/** Everything that must be so, whatever went wrong. */
function check(trial: Trial): void {
  const { namespace, fired, requests, first, second } = triedOf(trial);
  if (!fired) throw new Error(`there was no such request; there were:\n${requests.join('\n')}`);
  expect([...lies(namespace, first, second?.from), ...(second ? lies(namespace, second) : [])]).toEqual([]);
  const { code, stdout, stderr, sight } = second ?? first;
  // What was uninstalled before the first run could say so is gone all the same.
  const isGone = trial.operation === 'uninstall' && code === 1 && stderr.includes('There is no release "web"');
  if (code !== 0 && !isGone) throw new Error(`done twice, and still exit ${code}\n${first.stdout}${first.stderr}\n--- again\n${stdout}${stderr}`);
  expect(sight.objects).toEqual(expectedAfter(trial.operation, namespace));
  expect(sight.leases).toEqual([]);
  if (trial.operation === 'uninstall') return expect([statuses(sight), sight.journals]).toEqual([[], []]);
  expect(statuses(sight).filter((status) => status === 'deployed')).toHaveLength(1);
  expect(statuses(sight).at(-1)).toBe('deployed');
  expect(statuses(sight).filter((status) => /pending|uninstalling/.test(status))).toEqual([]);
}

function nameOf({ request, number = 1 }: Trial): string {
  return number === 1 ? request : `${request} no. ${number}`;
}

function sentence(trial: Trial): string {
  return `${trial.operation}: ${nameOf(trial)} meets ${describeFault(trial.fault)}`;
}

test.each(FAULTS.map((trial) => [sentence(trial), trial] as const))('%s', (_, trial) => check(trial));

test.each(KILLS.map((trial) => [`${trial.operation}: killed ${trial.point}`, trial] as const))('%s', (_, trial) => {
  check(trial);
  const { first, second } = triedOf(trial);
  expect(first.code).toBe(-1);
  expect(second).toBeDefined();
});

test('the next run stops the hook that a killed one has left running, and says so', () => {
  const { second } = triedOf(KILLS.find(({ slow }) => slow)!);
  const events = second!.stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  expect(events.find(({ kind }) => kind === 'recovered')).toMatchObject({ revision: 2, was: 'pending-upgrade', stopped: ['Job/before'] });
});

test('there are 40 faults and 12 kills, each of its own', () => {
  const words = ALL.map(({ operation, fault, ...target }) => JSON.stringify([operation, nameOf({ operation, fault, ...target }), fault]));
  expect([FAULTS.length, KILLS.length, new Set(words).size]).toEqual([40, 12, 52]);
});
