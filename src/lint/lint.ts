import { FieldPath } from '../vocabulary';
import { Finding, describeSubject } from './finding';
import { ignoreOf } from './ignore';
import { Rule } from './rule';
import { RULES } from './rules';
import { LintDocument, LintedRelease, Place, Subject, subjectOf } from './subject';

/** How manifests are looked at. */
export interface LintOptions {
  /**
   * Whether the manifests are what the API server will get. In a chart that Helm renders later, template expressions may stand.
   *
   * @default true
   */
  readonly rendered?: boolean;
}

const IDS = RULES.map(({ id }) => id);

function placeOf({ place, lineOf }: Subject, path: FieldPath | undefined): Place {
  return path === undefined || lineOf === undefined ? place : { ...place, line: lineOf(path) };
}

/** Whether two objects are there together in some release. Of two conditions no more is known than whether they hold by default. */
function mayMeet({ condition: one }: Subject, { condition: other }: Subject): boolean {
  return one === undefined || other === undefined || one.text === other.text || (one.byDefault === true && other.byDefault === true);
}

/** Objects by their names: every reference of every hook asks for one. */
function byName(subjects: readonly Subject[]): (name: string) => readonly Subject[] {
  const found = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const { name } = subject;
    const others = found.get(name);
    if (others) others.push(subject);
    else found.set(name, [subject]);
  }
  return (name) => found.get(name) ?? [];
}

/** The release as an object may see it. */
function around(subject: Subject, release: LintedRelease): LintedRelease {
  if (subject.condition === undefined) return release;
  return { ...release, named: (name) => release.named(name).filter((each) => mayMeet(subject, each)) };
}

function apply(rule: Rule, subject: Subject, release: LintedRelease): Finding[] {
  const { id, severity } = rule;
  return rule.check(subject, release).map(({ path, message, remedy }) => ({
    rule: id,
    severity,
    place: placeOf(subject, path),
    object: describeSubject(subject),
    ...(path === undefined ? {} : { path }),
    message,
    remedy,
  }));
}

/** What every rule finds in documents that are released together, object by object; what is no Kubernetes object is passed over. */
export function lint(documents: readonly LintDocument[], { rendered = true }: LintOptions = {}): Finding[] {
  const subjects = documents.flatMap((document) => subjectOf(document) ?? []);
  const release: LintedRelease = { rendered, rules: IDS, named: byName(subjects) };
  return subjects.flatMap((subject) => {
    const { rules: ignored } = ignoreOf(subject, IDS);
    const seen = around(subject, release);
    return RULES.filter(({ id }) => !ignored.has(id)).flatMap((rule) => apply(rule, subject, seen));
  });
}
