import { Part, Token, TokenError, inPlace, isToken, partsOf, replaceTokens } from '../tokens';
import { conditionalField } from './conditional-field';
import { Expression, operandsOf } from './expression';
import { expressionOf } from './expression-token';
import { SynthesizedObject } from './synthesized';
import { ValueNode, declarationsOf } from './value-tree';

/** Paths of the values of one chart; each is the very array of its declaration, as another chart may have a value of the same name. */
type Own = ReadonlySet<readonly string[]>;

/** A value of which the chart knows nothing would be empty in every release. */
function checkExpression(expression: Expression, own: Own): void {
  if (expression.kind === 'value' && !own.has(expression.path)) {
    throw new TokenError(`${expression.path.join('.')} is a value of another HelmChartApp. Declare it in the app in which it is used.`);
  }
  operandsOf(expression).forEach((each) => checkExpression(each, own));
}

function checkParts(parts: readonly Part[], own: Own): void {
  const field = conditionalField(parts);
  if (field) {
    checkExpression(field.condition, own);
    checkParts(partsOf(field.key), own);
  } else {
    parts.filter(isToken).forEach((token) => checkExpression(expressionOf(token), own));
  }
}

function checkObject({ object, condition }: SynthesizedObject, own: Own): void {
  if (condition) checkExpression(condition, own);
  const see = (parts: readonly Part[]) => {
    checkParts(parts, own);
    return '';
  };
  replaceTokens(object, { text: see, key: see, number: (token: Token) => see([token]) });
}

/** Refuses what belongs to another app of the same process, and tokens that did not come through whole, before anybody takes them apart. */
export function checkOwnValues(nodes: readonly ValueNode[], objects: readonly SynthesizedObject[], notes = ''): void {
  const own: Own = new Set(declarationsOf(nodes).map(({ path }) => path));
  for (const each of objects) inPlace(each.path, () => checkObject(each, own));
  inPlace('the notes of the chart', () => checkParts(partsOf(notes), own));
}
