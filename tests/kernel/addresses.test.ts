import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, compareAddresses, parseAddress } from '../../src/kernel/addresses.ts';

const kind = fc.constantFrom('worker', 'broker', 'dead-letter-queue', 'result-store', 'work', 'server');
const number = fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined });
const address = fc.oneof(
  fc.tuple(kind, number).map(([k, n]) => addressOf(k, n)),
  fc.constantFrom('worker-02', 'worker-0', 'worker-', '-1', '', 'worker-1-2'),
);

describe('addresses', () => {
  it('come apart into what they were made of', () => {
    fc.assert(
      fc.property(kind, number, (k, n) => {
        expect(parseAddress(addressOf(k, n))).toEqual({ kind: k, number: n });
      }),
    );
  });

  it('are written as people write them', () => {
    expect(addressOf('worker', 2)).toBe('worker-2');
    expect(addressOf('broker')).toBe('broker');
    expect(parseAddress('dead-letter-queue')).toEqual({ kind: 'dead-letter-queue', number: undefined });
    expect(parseAddress('worker-02')).toEqual({ kind: 'worker-02', number: undefined });
    expect(() => addressOf('worker', 0)).toThrow();
    expect(() => addressOf('worker', 1.5)).toThrow();
  });

  it('have a natural order: kinds by their letters, then numbers by size', () => {
    const inOrder = [
      'broker',
      'producer-1',
      'result-store',
      'worker',
      'worker-1',
      'worker-2',
      'worker-10',
      'worker-100',
    ];
    expect([...inOrder].reverse().sort(compareAddresses)).toEqual(inOrder);
    expect([...inOrder].sort().sort(compareAddresses)).toEqual(inOrder);
  });

  it('have one order: whoever sorts them, from whatever order', () => {
    fc.assert(
      fc.property(address, address, address, (a, b, c) => {
        expect(compareAddresses(a, b) === 0).toBe(a === b);
        expect(Math.sign(compareAddresses(a, b))).toBe(0 - Math.sign(compareAddresses(b, a)));
        if (compareAddresses(a, b) <= 0 && compareAddresses(b, c) <= 0) {
          expect(compareAddresses(a, c)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});
