type Json = unknown;
type JsonMap = Readonly<Record<string, Json>>;

function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 7396: maps merge, null removes, everything else replaces. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const merged: Record<string, Json> = { ...(isMap(target) ? target : {}) };
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** Lists whose items have names are maps in disguise: containers, env, volumes, ports. */
function namedList(value: Json): value is readonly (JsonMap & { readonly name: string })[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isMap(item) && typeof item.name === 'string');
}

function applyList(live: Json, before: Json, after: readonly (JsonMap & { readonly name: string })[]): Json {
  const lives = namedList(live) ? live : [];
  const befores = namedList(before) ? before : [];
  const find = (list: readonly JsonMap[], name: Json) => list.find((item) => item.name === name);
  const kept = lives.filter(({ name }) => !find(after, name) && !find(befores, name));
  return [...after.map((item) => applied(find(lives, item.name), find(befores, item.name), item)), ...kept];
}

/**
 * What a server-side apply leaves: what is live, without what the same manager applied before and no longer says, with what it says now.
 *
 * Maps and named lists merge, other lists are replaced. Who owns a field beyond that is not simulated.
 */
export function applied(live: Json, before: Json, after: Json): Json {
  if (namedList(after)) return applyList(live, before, after);
  if (!isMap(after)) return after;
  const result: Record<string, Json> = { ...(isMap(live) ? live : {}) };
  if (isMap(before)) for (const key of Object.keys(before)) if (!(key in after)) delete result[key];
  for (const [key, value] of Object.entries(after)) result[key] = applied(result[key], isMap(before) ? before[key] : undefined, value);
  return result;
}
