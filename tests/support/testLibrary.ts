import { describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenarios/types.ts';
import { missed } from './watchedRun.ts';

/** What every library scenario must do: make its point, on nearly every seed, and ask one question. */
export function testLibrary(library: readonly Scenario[]): void {
  describe.each(library.map((scenario) => [scenario.preset!, scenario] as const))('%s', (_, scenario) => {
    it('makes its point on its own seed', () => {
      expect(scenario.expects!.length).toBeGreaterThan(0);
      expect(missed(scenario, scenario.seed)).toEqual([]);
    });

    it('makes it on at least 90 of 100 other seeds', () => {
      const seeds = Array.from({ length: 100 }, (_, k) => 1_000 + k);
      const failures = seeds.map((seed) => missed(scenario, seed)).filter((found) => found.length > 0);
      expect(failures.length, failures[0]?.join('; ')).toBeLessThanOrEqual(10);
    });

    it('asks one question with one right answer that says why', () => {
      const right = scenario.answers!.filter((answer) => answer.right);
      expect(scenario.question!.endsWith('?')).toBe(true);
      expect(scenario.answers!.length).toBe(3);
      expect(right.length).toBe(1);
      expect(right[0]!.because).toBeTruthy();
    });
  });
}
