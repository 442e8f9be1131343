import * as pulumi from '@pulumi/pulumi';
import { Part, Token, TokenError, isToken, replaceTokens } from '../tokens';
import { isMap } from '../vocabulary';
import { outputOf } from './late';

/** Items of a list, or fields of a map, that are known later. */
class Several {
  constructor(readonly output: pulumi.Output<unknown>) {}
}

/** Keys that are known later, by the text that stands for each until its map is put together. */
type LateKeys = Map<string, pulumi.Output<string> | Several>;

function partOf(part: Part): pulumi.Input<unknown> {
  if (!isToken(part)) return part;
  if (part.shape === 'items') throw new TokenError(`${part.label} stands for several values, so it can neither be one text nor a part of one`);
  return outputOf(part);
}

function textOf(parts: readonly Part[]): pulumi.Output<string> {
  return pulumi.all(parts.map(partOf)).apply((known) => known.map(String).join(''));
}

function isPlain(parts: readonly Part[]): parts is [string] {
  return parts.length === 1 && !isToken(parts[0]);
}

function isTextAlone(parts: readonly Part[]): parts is [Token] {
  const [first] = parts;
  return parts.length === 1 && isToken(first) && first.shape === 'text';
}

function isWritten(value: unknown): value is unknown[] | Record<string, unknown> {
  return typeof value === 'object' && value !== null && !pulumi.Output.isInstance(value) && !(value instanceof Several);
}

/** A list with the items that are known later. */
function gatheredList(items: readonly unknown[]): pulumi.Input<unknown> {
  if (!items.some((item) => item instanceof Several)) return [...items];
  return pulumi.all(items.map((item) => (item instanceof Several ? item.output : pulumi.output([item])))).apply((lists) => lists.flat(1));
}

/** A map with the fields that are known later; those of which the name was written win over others of the same name. */
function gatheredMap(map: Readonly<Record<string, unknown>>, keys: LateKeys): pulumi.Input<unknown> {
  const fields = Object.entries(map);
  if (!fields.some(([key]) => keys.has(key))) return map;
  const late = fields.filter(([key]) => keys.has(key)).map(([key, value]) => {
    const known = keys.get(key)!;
    return known instanceof Several ? known.output : pulumi.all([known, value]).apply(([name, field]) => ({ [String(name)]: field }));
  });
  const written = Object.fromEntries(fields.filter(([key]) => !keys.has(key)));
  return pulumi.all([...late, pulumi.output(written)]).apply((maps) => Object.fromEntries(maps.flatMap((each) => Object.entries(each as object))));
}

function gathered(value: unknown, keys: LateKeys): pulumi.Input<unknown> {
  if (!isWritten(value)) return value;
  if (Array.isArray(value)) return gatheredList(value.map((item) => gathered(item, keys)));
  return gatheredMap(Object.fromEntries(Object.entries(value).map(([key, field]) => [key, gathered(field, keys)])), keys);
}

/**
 * A JSON value with the outputs in the place of the tokens that stand for them: a whole text or number is the output, a text with late parts is an output,
 * and so is a list or a map that has late items, keys or fields. Everything else is as it was, and no output.
 *
 * @throws TokenError with the pointer to a token that did not come through whole, or that is no output
 */
export function restoreOutputs(value: unknown): pulumi.Input<unknown> {
  const keys: LateKeys = new Map();
  const hold = (known: pulumi.Output<string> | Several): string => {
    const key = `\0${keys.size}`; // no key of an object of Kubernetes holds that
    keys.set(key, known);
    return key;
  };
  const restored = replaceTokens(value, {
    text: (parts) => (isPlain(parts) ? parts[0] : isTextAlone(parts) ? outputOf(parts[0]) : textOf(parts)),
    number: outputOf,
    key: (parts) => (isPlain(parts) ? parts[0] : hold(textOf(parts))),
    items: (token) => [new Several(outputOf(token))],
    fields: (token) => ({ [hold(new Several(outputOf(token)))]: '' }),
  });
  return gathered(restored, keys);
}

/** The same fields, of which each may be known later. */
export type RestoredObject = Readonly<Record<string, pulumi.Input<unknown>>>;

/** An object of Kubernetes with the outputs in the place of their tokens; Pulumi reads its fields one by one, so their names are known now. */
export function restoreObject(object: Readonly<Record<string, unknown>>): RestoredObject {
  const restored = restoreOutputs(object);
  if (!isMap(restored) || pulumi.Output.isInstance(restored)) throw new TokenError(': the name of a field at the top of an object has to be known now');
  return restored as RestoredObject;
}
