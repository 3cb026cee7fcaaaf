import { array, assert, integer, property, record } from 'fast-check';
import { describe, it } from 'vitest';
import { type Fence, isStale, NO_FENCE, passFence } from '../../src/protocols/election/fence.ts';

type Write = { readonly token: number; readonly from: string };

/** Which of these writes are stale, if storage accepts them all. */
function staleOnes(writes: readonly Write[]): readonly boolean[] {
  let fence: Fence = NO_FENCE;
  return writes.map(({ token, from }) => {
    const stale = isStale(fence, token, from);
    fence = passFence(fence, token, from);
    return stale;
  });
}

describe('a stale write', () => {
  it('is one with a lower token than any before it, where each token has one holder', () => {
    assert(
      property(array(integer({ min: 1, max: 6 })), (tokens) => {
        const writes = tokens.map((token) => ({ token, from: `coordinator-${token % 3}` }));
        const stale = staleOnes(writes);
        return tokens.every((token, k) => stale[k] === tokens.slice(0, k).some((earlier) => earlier > token));
      }),
    );
  });

  it('is, under a shared token, one of somebody after whom another has written', () => {
    const write = record({ token: integer({ min: 1, max: 2 }), from: integer({ min: 1, max: 3 }).map(String) });
    assert(
      property(array(write), (writes) => {
        const stale = staleOnes(writes);
        return writes.every(({ token, from }, k) => {
          const before = writes.slice(0, k).filter((_, j) => stale[j] === false);
          if (before.some((earlier) => earlier.token > token)) return stale[k] === true;
          const holders = before.filter((earlier) => earlier.token === token).map((earlier) => earlier.from);
          const isOvertaken = holders.includes(from) && holders.lastIndexOf(from) < holders.length - 1;
          return stale[k] === isOvertaken;
        });
      }),
    );
  });
});
