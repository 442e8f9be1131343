import * as fc from 'fast-check';
import { Values } from '../../../src/vocabulary';

/** A chart's defaults, and what a user says of them; a file stands as its text. */
export interface Case {
  readonly defaults: Values;
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly setJson: readonly string[];
  readonly setFile: readonly string[];
  readonly setLiteral: readonly string[];
}

const key = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz', 'image', 'a\\.b', 'x y', 'ключ', '"q"');
const step = fc.oneof(key.map((each) => `.${each}`), fc.constantFrom('[0]', '[1]', '[2]', '[0][1]'));
const path = fc.tuple(key, fc.array(step, { maxLength: 2 })).map(([first, rest]) => first + rest.join(''));
const word = fc.oneof(
  fc.constantFrom('1', '0', '-5', '+7', '012', '-012', '1.5', '1e6', '1000000', '9007199254740993', '9223372036854775808'),
  fc.constantFrom('true', 'FALSE', 'yes', 'null', '~', '{{ .Values }}', '# no', ': '),
  fc.constantFrom('', ' ', 'x=y', '\\,', '\\\\', 'C:\\x', '[0]', 'a.b', '"', "'", '🎉', '\n'),
  fc.string({ maxLength: 6 }).map((each) => each.replace(/[,\\\0]/g, '.')),
);
const list = fc.array(word, { maxLength: 3 }).map((words) => `{${words.join(',').replace(/\\$/, '')}}`);
const text = fc.oneof({ weight: 5, arbitrary: word }, { weight: 1, arbitrary: list });
const assignment = (value: fc.Arbitrary<string>) => fc.tuple(path, value).map((parts) => parts.join('='));
const assignments = (value: fc.Arbitrary<string>) => fc.array(assignment(value), { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
const garbage = fc.string({ unit: fc.constantFrom('a', 'b', '.', '=', ',', '[', ']', '0', '1', '{', '}', '\\', '"', ' '), maxLength: 12 });
const lines = (value: fc.Arbitrary<string>) =>
  fc.array(fc.oneof({ weight: 20, arbitrary: assignments(value) }, { weight: 1, arbitrary: garbage }), { maxLength: 2 });

const number = fc.oneof(fc.integer(), fc.double({ noDefaultInfinity: true, noNaN: true }), fc.constantFrom(1e6, 1e21, 9007199254740992));
const scalar = fc.oneof(number, fc.boolean(), fc.constant(null), fc.string({ maxLength: 8 }));
const name = fc.constantFrom('a', 'b', 'c', 'image', 'a.b', 'ключ');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(name, tie('tree'), { maxKeys: 3, noNullPrototype: true })),
}));
const map = fc.dictionary(name, tree, { maxKeys: 4, noNullPrototype: true });
const json = fc.oneof(
  { weight: 20, arbitrary: tree.map((value) => JSON.stringify(value)) },
  { weight: 4, arbitrary: fc.constantFrom('', ' ', '1 ', ' "x,y" ') },
  { weight: 1, arbitrary: fc.constantFrom('{', '01', 'tru') },
);

/** Defaults and flags of every kind, most of them fit for each other. */
export const anyCase: fc.Arbitrary<Case> = fc.record({
  defaults: map,
  files: fc.array(map.map((values) => JSON.stringify(values)), { maxLength: 2 }),
  set: lines(text),
  setString: lines(text),
  setJson: fc.oneof({ weight: 3, arbitrary: lines(json) }, { weight: 1, arbitrary: map.map((values) => [JSON.stringify(values)]) }),
  setFile: fc.array(path.map((place) => `${place}=FILE`), { maxLength: 1 }),
  setLiteral: fc.array(assignment(word), { maxLength: 1 }),
});
