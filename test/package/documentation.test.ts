import { CURL_IMAGE } from '../../src/hooks/curl';
import { Member, STRUCTS, TYPES, Type } from './api';

/* What the reference says of every prop. That its examples compile, is for `npm run api-examples`. */

/** Something that the reference says something about, under the name that a failing test calls it by. */
interface Entry extends Member {
  readonly path: string;
}

function entries(of: readonly Type[], members: (type: Type) => readonly Member[]): Entry[] {
  return of.flatMap((type) => members(type).map((member) => ({ ...member, path: `${type.name}.${member.name}` })));
}

const props = entries(STRUCTS, ({ properties = [] }) => properties);
const classes = entries(TYPES.filter(({ kind }) => kind === 'class'), (type) => [type]).map((each) => ({ ...each, path: each.name }));
const methods = entries(TYPES, (type) => type.methods ?? []);
const members = entries(TYPES, (type) => [...(type.properties ?? []), ...(type.methods ?? []), ...(type.members ?? [])]);

/** What nobody calls but a framework. */
const CALLED_BY_FRAMEWORKS: Readonly<Record<string, string>> = {
  'Flag.toString': 'a text in which the flag stands calls it',
  'HelmHook.applyTo': '`construct.with(hook)` calls it',
  'HelmHook.supports': '`construct.with(hook)` calls it',
  'HookLint.validate': 'the synth calls it',
  'OnlyIf.applyTo': '`construct.with(onlyIf)` calls it',
  'OnlyIf.supports': '`construct.with(onlyIf)` calls it',
  'ReleaseChart.generateObjectName': 'cdk8s calls it for every object without a name',
  'ReleaseChart.toJson': 'the synth calls it',
  'StructuredValue.toString': 'a text in which the value stands calls it',
};

const prose = ({ docs = {} }: Member) => [docs.summary, docs.remarks].join('\n');
const paths = (wrong: readonly Entry[]) => wrong.map(({ path }) => path);

/** A default is a literal, or begins with a dash and says what happens. */
function isDefault(text: string | undefined): boolean {
  const value = String.raw`(?:-?\d+|true|false|'[^']*'|[A-Z]\w*\.\w+(?:\(\d+\))?)`;
  return text !== undefined && new RegExp(String.raw`^(?:- \S.*|${value}|\[${value}(?:, ${value})*\])$`, 's').test(text);
}

/** A number is a quantity of something that its text names, or one of those that have no unit. */
function saysWhatItIs(number: Member): boolean {
  const withoutUnit = /^(How many|How often|Numeric id|Number of the port|Port|The HTTP status|Position|Its position|Number of the revision)\b/;
  return withoutUnit.test(prose(number)) || /\b(in the unit of the value|milliseconds|seconds|minutes|hours|days|bytes|[KMG]iB|millicores|percent)\b/.test(prose(number));
}

/** Whether an example has a name in it, in so many letters. */
function shows({ docs = {} }: Member, name: string): boolean {
  return new RegExp(String.raw`(?<![\w$])${name}(?![\w$])`).test(docs.example ?? '');
}

test('there are props, classes and methods to look at', () => {
  expect(paths(props)).toEqual(expect.arrayContaining(['ContainerHookProps.timeout', 'PostgresProps.port', 'WaitForOptions.interval']));
  expect(paths(classes)).toEqual(expect.arrayContaining(['MigrationHook', 'HelmHook']));
  expect(paths(methods)).toEqual(expect.arrayContaining(['MigrationHook.protectedBy', 'WaitFor.tcp', ...Object.keys(CALLED_BY_FRAMEWORKS)]));
});

test('everything is described, in sentences', () => {
  const named = TYPES.map((type) => ({ ...type, path: type.name }));
  expect(paths([...named, ...members].filter(({ docs }) => !/^[`A-Za-z0-9].*[.;:]$/s.test(docs?.summary ?? '')))).toEqual([]);
});

test('every optional prop has a default: a literal, or a dash and what happens', () => {
  expect(paths(props.filter(({ optional, docs }) => optional && !isDefault(docs?.default)))).toEqual([]);
});

test('an image of curl that is named is the one that runs', () => {
  const named = props.flatMap(({ docs }) => /[\w./]*curl:[\w.]+/.exec(docs?.default ?? '') ?? []);
  expect([...new Set(named)]).toEqual([CURL_IMAGE]);
});

test('no prop that must be given has a default', () => {
  expect(paths(props.filter(({ optional, docs }) => !optional && docs?.default !== undefined))).toEqual([]);
});

test('every plain number has a unit, or is of a kind that has none', () => {
  expect(paths(members.filter((each) => each.type?.primitive === 'number' && !saysWhatItIs(each)))).toEqual([]);
});

test('every prop has an example that shows it', () => {
  expect(paths(props.filter((prop) => !shows(prop, prop.name)))).toEqual([]);
});

test('every class has an example that can be copied: it shows the class, and imports all that it uses', () => {
  expect(paths(classes.filter((each) => !shows(each, each.name) || !shows(each, 'import')))).toEqual([]);
});

test('every method that people call has an example that calls it', () => {
  expect(paths(methods.filter((each) => !shows(each, each.name) && !(each.path in CALLED_BY_FRAMEWORKS)))).toEqual([]);
});
