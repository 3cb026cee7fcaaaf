import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestEntry, digestHex, startDigest } from '../../src/kernel/hash.ts';
import type { Json, TraceEntry } from '../../src/kernel/types.ts';

const BASE: TraceEntry = {
  id: 2,
  atMicros: 1_500,
  kind: 'messageSent',
  address: 'worker-2',
  causeId: 1,
  data: { to: 'broker', nested: { list: [1, -2.5, 'ä🂡', null, true, false, []], empty: {} } },
};

function hexOf(...entries: TraceEntry[]): string {
  return digestHex(entries.reduce(digestEntry, startDigest()));
}

/** The digest of one value, in the place where facts carry theirs. */
function hexOfValue(value: Json | undefined): string {
  return hexOf({ ...BASE, data: { value } });
}

const entry: fc.Arbitrary<TraceEntry> = fc.record({
  id: fc.nat(),
  atMicros: fc.nat(),
  kind: fc.string(),
  address: fc.string(),
  causeId: fc.nat(),
  data: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>, { noNullPrototype: true }),
});

describe('the digest of a trace', () => {
  // Computed by a second implementation in another language. Changing these changes the hash of every run.
  it('stays what it was', () => {
    const started: TraceEntry = { id: 1, atMicros: 0, kind: 'processStarted', address: 'broker', causeId: 0, data: {} };
    expect(hexOf()).toBe('928a35752db4bff6');
    expect(hexOf(started)).toBe('75952a3db66b5fe2');
    expect(hexOf(started, BASE)).toBe('65c6b0c7d83273b6');
  });

  it('is 16 hexadecimal digits', () => {
    fc.assert(fc.property(fc.array(entry, { maxLength: 5 }), (entries) => /^[0-9a-f]{16}$/.test(hexOf(...entries))));
  });

  it('changes with every single field', () => {
    const changed: TraceEntry[] = [
      { ...BASE, id: 3 },
      { ...BASE, atMicros: 1_501 },
      { ...BASE, kind: 'messageSenu' },
      { ...BASE, address: 'worker-3' },
      { ...BASE, causeId: 0 },
      { ...BASE, data: {} },
      { ...BASE, data: { ...BASE.data, to: 'Broker' } },
      { ...BASE, data: { ...BASE.data, more: null } },
      { ...BASE, data: { nested: BASE.data.nested } },
      { ...BASE, data: { ...BASE.data, nested: { list: [], empty: {} } } },
      { ...BASE, id: BASE.causeId, causeId: BASE.id },
      { ...BASE, kind: BASE.address, address: BASE.kind },
    ];
    const hexes = [BASE, ...changed].map((e) => hexOf(e));
    expect(new Set(hexes).size).toBe(hexes.length);
  });

  it('tells every two entries apart that differ as text', () => {
    fc.assert(
      fc.property(entry, entry, (a, b) => {
        const text = (e: TraceEntry) =>
          JSON.stringify([e.id, e.atMicros, e.kind, e.address, e.causeId, sorted(e.data)]);
        expect(hexOf(a) === hexOf(b)).toBe(text(a) === text(b));
      }),
    );
  });

  it('depends on the order and number of entries', () => {
    const other = { ...BASE, id: 3 };
    const hexes = [[], [BASE], [other], [BASE, other], [other, BASE], [BASE, BASE]].map((entries) => hexOf(...entries));
    expect(new Set(hexes).size).toBe(hexes.length);
  });

  it('does not see the order of keys, undefined fields or the sign of zero', () => {
    const nested = { y: 1, x: { b: 2, a: 3 } };
    const turned = { x: { a: 3, b: 2 }, y: 1 };
    expect(hexOf({ ...BASE, data: { p: 1, q: nested } })).toBe(hexOf({ ...BASE, data: { q: turned, p: 1 } }));
    expect(hexOf({ ...BASE, data: { p: 1, gone: undefined } })).toBe(hexOf({ ...BASE, data: { p: 1 } }));
    expect(hexOfValue(-0)).toBe(hexOfValue(0));
    expect(hexOf({ ...BASE, data: { '10': 1, '9': 2, a: 3 } })).toBe(
      hexOf({ ...BASE, data: { a: 3, '9': 2, '10': 1 } }),
    );
  });

  it('cannot be read in two ways', () => {
    const values: (Json | undefined)[] = [
      undefined,
      null,
      false,
      true,
      0,
      1,
      '',
      '0',
      '1',
      'null',
      'ab',
      'ba',
      '\0a',
      'a\0',
      'a',
      [],
      {},
      [null],
      [[]],
      [[], []],
      [[[]]],
      ['ab', 'c'],
      ['a', 'bc'],
      ['abc'],
      [['a'], 'b'],
      [['a', 'b']],
      ['a', 'b'],
      { a: 'b' },
      { '0': 'a', '1': 'b' },
      { a: { b: 1 } },
      { a: {}, b: 1 },
      { a: null },
      0.1,
      0.1 + Number.EPSILON / 16,
      2 ** 53,
      2 ** 53 - 1,
      Number.NaN,
      Number.POSITIVE_INFINITY,
    ];
    const hexes = values.map(hexOfValue);
    expect(new Set(hexes).size).toBe(values.length);
  });

  it('spreads: 20,000 entries that differ by one count give 20,000 digests, even in each half', () => {
    const hexes = Array.from({ length: 20_000 }, (_, i) => hexOf({ ...BASE, id: i }));
    expect(new Set(hexes).size).toBe(20_000);
    for (const half of [0, 8]) {
      // By chance, 0.05 pairs of 20,000 meet among 2^32.
      expect(new Set(hexes.map((hex) => hex.slice(half, half + 8))).size).toBeGreaterThan(19_996);
    }
  });
});

/** The same value with all keys in order, so that equal values are equal texts. */
function sorted(value: Json | { readonly [key: string]: Json | undefined } | undefined): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => ({ key, part: sorted(part) }));
}
