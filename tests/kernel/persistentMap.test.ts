import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashText32 } from '../../src/kernel/mix32.ts';
import { emptyMap, mapOf, type PersistentMap } from '../../src/kernel/persistentMap.ts';
import { objectsMade } from '../support/reach.ts';

type Key = string | number;

/** Pairs of texts whose 32-bit hashes are the same, found by looking at enough of them. */
const COLLIDING = (() => {
  const seen = new Map<number, string>();
  const pairs: [string, string][] = [];
  for (let i = 0; pairs.length < 3 && i < 1_000_000; i += 1) {
    const text = `job:${i}`;
    const hash = hashText32(text);
    const other = seen.get(hash);
    if (other === undefined) seen.set(hash, text);
    else pairs.push([other, text]);
  }
  return pairs;
})();

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.integer({ min: -3, max: 40 }),
  fc.double({ noNaN: true }),
  fc.constantFrom('1', '2', '', ...COLLIDING.flat()),
  fc.string({ maxLength: 2 }),
);
const change = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), key, value: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), key }) },
);

function expectSame(map: PersistentMap<Key, number>, model: ReadonlyMap<Key, number>): void {
  expect(map.size).toBe(model.size);
  expect(new Map(map)).toEqual(model);
  expect([...map.keys()]).toEqual([...map.entries()].map(([k]) => k));
  expect([...map.values()]).toEqual([...map.entries()].map(([, v]) => v));
  const visited: [Key, number][] = [];
  map.forEach((value, k) => {
    visited.push([k, value]);
  });
  expect(visited).toEqual([...map]);
}

describe('PersistentMap', () => {
  it('was tried with keys that really collide', () => {
    expect(COLLIDING.length).toBe(3);
  });

  it('holds what a Map holds after any changes, and no earlier version changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        let map = emptyMap<Key, number>();
        const model = new Map<Key, number>();
        const versions: [PersistentMap<Key, number>, Map<Key, number>][] = [[map, new Map()]];
        for (const step of changes) {
          if (step.do === 'set') {
            map = map.set(step.key, step.value);
            model.set(step.key, step.value);
          } else {
            map = map.delete(step.key);
            model.delete(step.key);
          }
          expect(map.get(step.key)).toBe(model.get(step.key));
          expect(map.has(step.key)).toBe(model.has(step.key));
          versions.push([map, new Map(model)]);
        }
        for (const [version, content] of versions) expectSame(version, content);
      }),
    );
  });

  it('has an order and a shape that depend only on its contents', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, fc.nat()), { selector: ([k]) => k, comparator: 'SameValueZero', maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 0, max: 60 }),
        (entries, dice, detours) => {
          const straight = mapOf(entries);
          const shuffled = entries
            .map((entry) => ({ entry, rank: dice.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry);
          // The other way to the same contents: other keys come first and go last.
          const strangers = Array.from({ length: detours }, (_, i) => `stranger ${i}`);
          let winding = mapOf<Key, number>(strangers.map((name) => [name, 0]));
          for (const [k, v] of shuffled) winding = winding.set(k, -1).set(k, v);
          for (const name of strangers) winding = winding.delete(name);
          expect([...winding]).toEqual([...straight]);
          expect(winding).toEqual(straight);
        },
      ),
    );
  });

  it('keeps keys with the same hash apart, in every order of coming and going', () => {
    for (const [a, b] of COLLIDING) {
      const ab = emptyMap<string, number>().set(a, 1).set(b, 2);
      const ba = emptyMap<string, number>().set(b, 2).set(a, 1);
      expect([...ab]).toEqual([...ba]);
      expect([...ab.set(a, 3)].sort()).toEqual(
        [
          [a, 3],
          [b, 2],
        ].sort(),
      );
      expect([...ab.delete(a)]).toEqual([[b, 2]]);
      expect([...ab.delete(b)]).toEqual([[a, 1]]);
      expect(ab.delete('elsewhere')).toBe(ab);
    }
  });

  it('is the very same map where nothing changes', () => {
    const map = mapOf<Key, number>(Array.from({ length: 100 }, (_, i) => [`job:${i}`, i]));
    expect(map.set('job:7', 7)).toBe(map);
    expect(map.delete('job:700')).toBe(map);
    expect(emptyMap().delete(1)).toBe(emptyMap());
    expect(map.set('nan', Number.NaN).set('nan', Number.NaN).size).toBe(101);
    expect(mapOf([[1, 1]]).delete(1)).toBe(emptyMap());
  });

  it('tells 1 from "1", takes -0 for 0 and refuses NaN', () => {
    const map = mapOf<Key, string>([
      [1, 'number'],
      ['1', 'text'],
      [-0, 'zero'],
    ]);
    expect(map.get(1)).toBe('number');
    expect(map.get('1')).toBe('text');
    expect(map.get(0)).toBe('zero');
    expect([...map.keys()].some((k) => Object.is(k, -0))).toBe(false);
    expect(() => map.set(Number.NaN, 'x')).toThrow();
  });

  it('tells an absent key from one whose value is undefined', () => {
    const map = emptyMap<string, undefined>().set('a', undefined);
    expect(map.has('a')).toBe(true);
    expect(map.size).toBe(1);
    expect(map.has('b')).toBe(false);
  });

  it('updates from what was there', () => {
    const count = (n: number | undefined) => (n ?? 0) + 1;
    expect(emptyMap<string, number>().update('a', count).update('a', count).get('a')).toBe(2);
  });

  it('shares its structure: a change in 20,000 keys makes one path anew', () => {
    const map = mapOf<number, number>(Array.from({ length: 20_000 }, (_, i) => [i, i]));
    // A path has at most 7 branches, each an object and its array, then the map and a leaf.
    expect(objectsMade(map, map.set(777, -1))).toBeLessThanOrEqual(16);
    expect(objectsMade(map, map.set(99_999, 1))).toBeLessThanOrEqual(16);
    expect(objectsMade(map, map.delete(777))).toBeLessThanOrEqual(16);
  });
});
