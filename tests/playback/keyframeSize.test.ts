import { describe, expect, it } from 'vitest';
import { emptyVector } from '../../src/kernel/chunkedVector.ts';
import { bytesOf } from '../../src/playback/keyframeSize.ts';

describe('the size of a keyframe', () => {
  it('counts what is shared once, within one and between two', () => {
    const shared = { text: 'x'.repeat(1_000) };
    const known = new Set<object>();
    const first = bytesOf({ a: shared, b: shared }, known);
    expect(first).toBeGreaterThan(1_000);
    expect(first).toBeLessThan(2_000);
    expect(bytesOf({ c: shared }, known)).toBeLessThan(100);
    expect(bytesOf(shared, known)).toBe(0);
  });

  it('counts a longer version of a persistent vector by what is new in it', () => {
    let vector = emptyVector<number>();
    for (let i = 0; i < 10_000; i++) vector = vector.append(i);
    const known = new Set<object>();
    const whole = bytesOf(vector, known);
    expect(whole).toBeGreaterThan(10_000 * 8);
    expect(bytesOf(vector.append(1), known)).toBeLessThan(whole / 50);
  });

  it('looks into maps, sets and typed arrays, and bears circles', () => {
    const text = 'x'.repeat(500);
    expect(bytesOf(new Map([[text, text]]), new Set())).toBeGreaterThan(1_000);
    expect(bytesOf(new Set([text]), new Set())).toBeGreaterThan(500);
    expect(bytesOf(new Float64Array(100), new Set())).toBeGreaterThanOrEqual(800);
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(bytesOf(circle, new Set())).toBeLessThan(100);
  });
});
