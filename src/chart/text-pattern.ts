/** What of JavaScript's regular expressions Go does not know: https://github.com/google/re2/wiki/Syntax */
const NOT_IN_GO: readonly (readonly [RegExp, string])[] = [
  [/\(\?<?[=!]/, 'looks ahead or back'],
  [/\\(?:[1-9]|k<)/, 'refers back to a group'],
  [/\\u/, 'writes a character as \\u: write the character itself'],
  [/\\(?:c[A-Za-z]|0)/, 'writes a control character'],
  [/\\[pP]\{[^}]*=/, 'names a property of Unicode by "=": write \\p{L}, or \\p{Greek}'],
  [/\[\^?\]/, 'has an empty class'],
];

/** How often Go lets a part repeat: regexp/syntax, maxRepeat. */
const MOST_REPEATS = 1000;

function unknownToGo(pattern: string): string | undefined {
  const unescaped = pattern.replaceAll('\\\\', '');
  const repeats = [...unescaped.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].flatMap(([, least, most]) => [Number(least), Number(most ?? 0)]);
  if (repeats.some((times) => times > MOST_REPEATS)) return `repeats a part more than ${MOST_REPEATS} times: say maxLength`;
  return NOT_IN_GO.find(([feature]) => feature.test(unescaped))?.[1];
}

/** Refuses an expression that Helm could not use. */
export function checkPattern(name: string, pattern: string): void {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`${name}: the pattern ${pattern} is no regular expression`, { cause: error });
  }
  const problem = unknownToGo(pattern);
  if (problem !== undefined) throw new Error(`${name}: the pattern ${pattern} does not work in Helm, whose expressions are those of RE2. It ${problem}.`);
}

// Ranges from a letter to a letter of the same case, or from a digit to a digit: others hold quotes, braces or a backslash.
const IN_CLASS = '[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9]|[A-Za-z0-9 _./:@+,~]|\\\\[.\\-/dw]';
const SAFE_ATOM = new RegExp(`^(?:[A-Za-z0-9 _/:@,~-]|\\\\[.\\-/dw+]|\\[-?(?:${IN_CLASS})+-?\\])(?:[*+?]|\\{\\d+(?:,\\d*)?\\})?`);

/** Whether every text that matches means itself in quotes: only then may it stand in a template as it is. What is not sure is not. */
export function matchesPlainTexts(pattern: string): boolean {
  const body = /^\^(.*)\$$/.exec(pattern)?.[1];
  if (body === undefined) return false;
  let depth = 0;
  let rest = body;
  while (rest !== '') {
    const atom = SAFE_ATOM.exec(rest)?.[0] ?? /^(?:\(\?:|\(|\)[*+?]?|\|)/.exec(rest)?.[0];
    if (atom === undefined) return false;
    if (atom.startsWith('(')) depth += 1;
    if (atom.startsWith(')')) depth -= 1;
    if (atom === '|' && depth === 0) return false; // the anchors hold at one end each
    rest = rest.slice(atom.length);
  }
  return true;
}
