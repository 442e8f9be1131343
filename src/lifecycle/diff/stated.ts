import { isMap } from '../../vocabulary';

/** Lists whose items have names are maps in disguise. */
function nameOf(item: unknown): unknown {
  return isMap(item) ? item.name : undefined;
}

/**
 * The part of a live value that manifests say something about.
 *
 * A live object is full of defaults that no manifest states; beside a bare manifest each of them would look like something that goes.
 */
export function stated(live: unknown, manifests: readonly unknown[]): unknown {
  if (isMap(live)) {
    const maps = manifests.filter(isMap);
    if (maps.length === 0) return live;
    const keys = Object.keys(live).filter((key) => maps.some((map) => key in map));
    return Object.fromEntries(keys.map((key) => [key, stated(live[key], maps.flatMap((map) => (key in map ? [map[key]] : [])))]));
  }
  if (Array.isArray(live) && live.length > 0 && live.every((item) => typeof nameOf(item) === 'string')) {
    const items = manifests.filter(Array.isArray).flat();
    const same = (item: unknown) => items.filter((each) => nameOf(each) === nameOf(item));
    return live.filter((item) => same(item).length > 0).map((item) => stated(item, same(item)));
  }
  return live;
}
