import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequeOf, emptyDeque, type PersistentDeque } from '../../src/kernel/persistentDeque.ts';
import { objectsMade, reachableFrom } from '../support/reach.ts';

const step = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ do: 'pushBack' as const }) },
  { weight: 2, arbitrary: fc.constant({ do: 'pushFront' as const }) },
  { weight: 4, arbitrary: fc.constant({ do: 'popFront' as const }) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 5 }).map((divisor) => ({ do: 'filter' as const, divisor })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 90 }).map((count) => ({ do: 'popMany' as const, count })) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 90 }).map((count) => ({ do: 'pushMany' as const, count })) },
  { weight: 1, arbitrary: fc.nat().map((which) => ({ do: 'goBack' as const, which })) },
);

describe('PersistentDeque', () => {
  it('does what an array does after any steps, from any earlier version, and no version changes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const versions: [PersistentDeque<number>, number[]][] = [[emptyDeque(), []]];
        let [deque, model] = versions[0]!;
        let next = 0;
        const pop = () => {
          const popped = deque.popFront();
          expect(popped?.[0]).toBe(model[0]);
          if (popped === undefined) return;
          deque = popped[1];
          model = model.slice(1);
        };
        const pushBack = () => {
          deque = deque.pushBack(next);
          model = [...model, next];
          next += 1;
        };
        for (const s of steps) {
          if (s.do === 'pushBack') pushBack();
          else if (s.do === 'pushFront') {
            deque = deque.pushFront(next);
            model = [next, ...model];
            next += 1;
          } else if (s.do === 'popFront') pop();
          else if (s.do === 'popMany') for (let i = 0; i < s.count; i += 1) pop();
          else if (s.do === 'pushMany') for (let i = 0; i < s.count; i += 1) pushBack();
          else if (s.do === 'filter') {
            deque = deque.filter((x) => x % s.divisor !== 0);
            model = model.filter((x) => x % s.divisor !== 0);
          } else [deque, model] = versions[s.which % versions.length]!;
          expect(deque.size).toBe(model.length);
          expect(deque.front).toBe(model[0]);
          versions.push([deque, model]);
        }
        for (const [version, content] of versions) {
          expect([...version]).toEqual(content);
          expect(version.toArray()).toEqual(content);
        }
      }),
    );
  });

  it('gives nothing from an empty line', () => {
    expect(emptyDeque().popFront()).toBeUndefined();
    expect(emptyDeque().front).toBeUndefined();
    expect(dequeOf([])).toBe(emptyDeque());
    expect(dequeOf([1]).popFront()?.[1]).toBe(emptyDeque());
  });

  it('hands on an item that is undefined', () => {
    const deque = dequeOf([undefined, 2]);
    expect(deque.popFront()?.[0]).toBeUndefined();
    expect(deque.popFront()?.[1].size).toBe(1);
  });

  it('is the very same line where the filter keeps all', () => {
    const deque = dequeOf([1, 2, 3]).pushBack(4).pushFront(0);
    expect(deque.filter(() => true)).toBe(deque);
  });

  it('shares its structure, and lets go of those who have left', () => {
    const item = (n: number) => ({ n });
    let deque = emptyDeque<{ n: number }>();
    for (let i = 0; i < 1_000; i += 1) deque = deque.pushBack(item(i));
    expect(objectsMade(deque, deque.pushBack(item(1_000)))).toBeLessThanOrEqual(3);
    expect(objectsMade(deque, deque.pushFront(item(-1)))).toBeLessThanOrEqual(3);
    deque = deque.popFront()![1];
    expect(objectsMade(deque, deque.popFront()![1])).toBe(1);
    for (let left = 999; left > 1; left -= 1) {
      deque = deque.popFront()![1];
      const held = [...reachableFrom(deque)].filter((object) => 'n' in object).length;
      expect(held).toBeLessThanOrEqual(2 * deque.size + 32);
    }
  });
});
