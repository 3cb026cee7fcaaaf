import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/kernel/types.ts';
import { DEPTH_MOST, plainCopy, sortedJson } from '../../src/scenarios/json.ts';
import { parseJson } from '../../src/scenarios/jsonReading.ts';

const dangerous = ['__proto__', 'constructor', 'prototype'];

describe('parseJson', () => {
  test('reads what JSON.stringify writes, with any indentation', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const holdsDangerous = dangerous.some((key) => text.includes(`"${key}"`));
        fc.pre(!holdsDangerous);
        expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test('refuses exactly what JSON.parse refuses, for texts one edit away from JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.string({ maxLength: 2 }), (value, at, inserted) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        const edited = text.slice(0, place) + inserted + text.slice(place + 1);
        let expected: { ok: boolean; value?: unknown };
        try {
          expected = { ok: true, value: JSON.parse(edited) };
        } catch {
          expected = { ok: false };
        }
        const read = parseJson(edited);
        const isOurs = !read.ok && /not allowed|twice|too large/.test(read.problem.sentence);
        if (!isOurs)
          expect({ ok: read.ok, value: read.ok ? read.value : undefined }).toEqual({ value: undefined, ...expected });
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['{"a": 1,}', 'line 1, column 9'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
    ['[1, 2', 'the text ends here'],
    ['', 'it is empty'],
    ['{"a":1}x', 'something follows'],
    ['{"a":1,"a":2}', 'stands twice'],
    ['{"__proto__":{"polluted":1}}', '"__proto__" is not allowed'],
    ['{"\\u005f_proto__":1}', '"__proto__" is not allowed'],
    ['{"a":{"constructor":1}}', '"constructor" is not allowed'],
    ['[1e999]', 'too large'],
    ['[01]', 'column 3'],
    ['["a\nb"]', 'has no end'],
    ['NaN', 'expected a value'],
  ])('%s', (text, sentence) => {
    const read = parseJson(text);
    expect(read.ok ? 'accepted' : read.problem.sentence).toContain(sentence);
  });

  test('nesting of 10,000 is refused, and does not overflow the stack', () => {
    for (const text of ['['.repeat(10_000), '['.repeat(10_000) + ']'.repeat(10_000), '{"a":'.repeat(10_000)]) {
      const read = parseJson(text);
      expect(read.ok ? '' : read.problem.sentence).toContain(`more than ${DEPTH_MOST} deep`);
    }
  });

  test('the deepest allowed nesting is read', () => {
    expect(parseJson('['.repeat(DEPTH_MOST) + ']'.repeat(DEPTH_MOST)).ok).toBe(true);
    expect(parseJson('['.repeat(DEPTH_MOST + 1) + ']'.repeat(DEPTH_MOST + 1)).ok).toBe(false);
  });

  test('a byte order mark is passed over', () => {
    expect(parseJson('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
  });

  test('a long text without its end quote does not overflow the stack', () => {
    expect(parseJson(`"${'a'.repeat(900_000)}`).ok).toBe(false);
    expect(parseJson(`"${'a'.repeat(900_000)}"`).ok).toBe(true);
  });
});

describe('plainCopy', () => {
  test('a copy shares nothing with what was handed in', () => {
    const input = { script: [{ atMs: 1 }] };
    const copy = plainCopy(input);
    input.script[0]!.atMs = 2;
    expect(copy).toEqual({ ok: true, value: { script: [{ atMs: 1 }] } });
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const thrower = {
    get a(): number {
      throw new Error('no');
    },
  };
  const proxy = new Proxy(
    {},
    {
      ownKeys() {
        throw new Error('no');
      },
    },
  );

  test.each([
    ['a cycle', cycle],
    ['a getter that throws', thrower],
    ['a proxy that throws', proxy],
    ['a function', { a: () => 1 }],
    ['a symbol', { a: Symbol('x') }],
    ['a big integer', { a: 1n }],
    ['a date', { a: new Date(0) }],
    ['a map', new Map()],
    ['an own __proto__', JSON.parse('{"a":{"__proto__":{"b":1}}}')],
    ['a sparse giant', { a: new Array(4_000_000_000) }],
  ])('%s is refused', (_, input) => {
    const copy = plainCopy(input);
    expect(copy.ok ? '' : copy.problem.sentence).toMatch(/^[a-z].*[a-z]$/);
    expect(({} as { b?: number }).b).toBeUndefined();
  });
});

test('sortedJson is the same for the same data in another order, and only then', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const shuffled = JSON.parse(JSON.stringify(a), (_, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      ) as Json;
      expect(sortedJson(shuffled)).toBe(sortedJson(a as Json));
      const isSame = sortedJson(a as Json) === sortedJson(b as Json);
      expect(JSON.parse(sortedJson(a as Json))).toEqual(JSON.parse(JSON.stringify(a)));
      if (isSame) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    }),
  );
});
