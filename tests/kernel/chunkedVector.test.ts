import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChunkedVector, emptyVector, vectorOf } from '../../src/kernel/chunkedVector.ts';
import { objectsMade, reachableFrom } from '../support/reach.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 }).map((count) => ({ do: 'append' as const, count })) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1_500 }).map((count) => ({ do: 'append' as const, count })) },
  { weight: 1, arbitrary: fc.constant({ do: 'setLast' as const }) },
  { weight: 2, arbitrary: fc.integer({ min: -1, max: 80 }).map((count) => ({ do: 'dropFront' as const, count })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000 }).map((count) => ({ do: 'dropFront' as const, count })) },
  { weight: 2, arbitrary: fc.integer({ min: -1, max: 80 }).map((count) => ({ do: 'dropBack' as const, count })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000 }).map((count) => ({ do: 'dropBack' as const, count })) },
  { weight: 1, arbitrary: fc.nat().map((which) => ({ do: 'goBack' as const, which })) },
);

type Model = { first: number; items: number[] };

function expectSame(vector: ChunkedVector<number>, { first, items }: Model, probe: number): void {
  const end = first + items.length;
  expect(vector.firstIndex).toBe(first);
  expect(vector.endIndex).toBe(end);
  expect(vector.size).toBe(items.length);
  expect(vector.toArray()).toEqual(items);
  expect([...vector]).toEqual(items);
  expect(vector.first).toBe(items[0]);
  expect(vector.last).toBe(items.at(-1));
  for (const index of [-1, 0, first - 1, first, first + (probe % (items.length + 1)), end - 1, end]) {
    expect(vector.get(index)).toBe(index < first ? undefined : items[index - first]);
  }
  const from = probe % (end + 2);
  const to = Math.floor(probe / 7) % (end + 2);
  expect(vector.slice(from, to)).toEqual(items.filter((_, i) => first + i >= from && first + i < to));
}

describe('ChunkedVector', () => {
  it('does what an array does after any steps, from any earlier version, and no version changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.nat(), (steps, probe) => {
        const versions: [ChunkedVector<number>, Model][] = [[emptyVector(), { first: 0, items: [] }]];
        let [vector, model] = versions[0]!;
        let next = 0;
        for (const s of steps) {
          if (s.do === 'append') {
            const added = Array.from({ length: s.count }, () => next++);
            for (const value of added) vector = vector.append(value);
            model = { first: model.first, items: [...model.items, ...added] };
          } else if (s.do === 'setLast') {
            if (model.items.length === 0) continue;
            vector = vector.setLast(next);
            model = { first: model.first, items: [...model.items.slice(0, -1), next] };
            next += 1;
          } else if (s.do === 'dropFront') {
            vector = vector.dropFront(s.count);
            const dropped = Math.min(Math.max(s.count, 0), model.items.length);
            model = { first: model.first + dropped, items: model.items.slice(dropped) };
          } else if (s.do === 'dropBack') {
            vector = vector.dropBack(s.count);
            const kept = Math.max(0, model.items.length - Math.max(s.count, 0));
            model = { first: model.first, items: model.items.slice(0, kept) };
          } else [vector, model] = versions[s.which % versions.length]!;
          versions.push([vector, model]);
        }
        for (const [version, content] of versions) expectSame(version, content, probe);
      }),
    );
  });

  it('grows past every level of its tree', () => {
    const count = 32 * 32 * 32 + 32 * 32 + 40;
    const items = Array.from({ length: count }, (_, i) => i * 2);
    const vector = vectorOf(items);
    expect(vector.toArray()).toEqual(items);
    for (const index of [0, 31, 32, 1023, 1024, 1055, 1056, 32_767, 32_768, 33_823, count - 1]) {
      expect(vector.get(index)).toBe(index * 2);
    }
    const later = vector.dropFront(32_800).append(-1);
    expect(later.get(32_799)).toBeUndefined();
    expect(later.slice(32_800, 32_803)).toEqual([65_600, 65_602, 65_604]);
    expect(later.last).toBe(-1);
  });

  it('finds the first item that is late enough, by absolute index', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 200 }), fc.nat(220), fc.nat(510), (values, dropped, wanted) => {
        const sorted = values.sort((a, b) => a - b);
        const vector = vectorOf(sorted).dropFront(dropped);
        const found = sorted.findIndex((value, i) => i >= vector.firstIndex && value >= wanted);
        expect(vector.firstWhere((value) => value >= wanted)).toBe(found < 0 ? sorted.length : found);
      }),
    );
  });

  it('refuses to replace the last of none', () => {
    expect(() => emptyVector().setLast(1)).toThrow();
    expect(() => vectorOf([1]).dropFront(1).setLast(1)).toThrow();
  });

  it('shares its structure, and frees what was let go by chunks', () => {
    const item = (n: number) => ({ n });
    let vector = vectorOf(Array.from({ length: 40_000 }, (_, i) => item(i)));
    // One path: at most 3 levels and a chunk, each an object and its array; the tail, the item, the vector.
    // 40,000 fills its last chunk, so the first append makes a path and the second only a tail.
    for (let i = 0; i < 2; i += 1) {
      const next = vector.append(item(i));
      expect(objectsMade(vector, next)).toBeLessThanOrEqual(11);
      vector = next;
    }
    for (const count of [1, 30, 1, 1, 31, 5_000, 20_000, 14_000, 900]) {
      vector = vector.dropFront(count);
      const held = [...reachableFrom(vector)].filter((object) => 'n' in object).length;
      expect(held).toBeLessThan(vector.size + 32);
    }
  });
});
