/** All objects that can be reached from a value: what a garbage collector would have to keep for it. */
export function reachableFrom(value: unknown, found: Set<object> = new Set()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const part of Object.values(value)) reachableFrom(part, found);
  return found;
}

/** How many objects `next` had to make anew, given that `previous` exists. */
export function objectsMade(previous: unknown, next: unknown): number {
  const old = reachableFrom(previous);
  let made = 0;
  for (const object of reachableFrom(next)) if (!old.has(object)) made += 1;
  return made;
}
