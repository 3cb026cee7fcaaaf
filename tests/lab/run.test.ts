import { describe, expect, test } from 'vitest';
import type { TraceEntry } from '../../src/kernel/types.ts';
import { isBroken, runScenario } from '../../src/lab/run.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { belfry, fakeCatalogue, heardBelfry, midnight } from '../support/fakeWorld.ts';

const evening = (fields: object = {}): Scenario => {
  const checked = checkScenario({ format: 1, preset: 'evening', ...fields }, fakeCatalogue);
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};

describe('runScenario', () => {
  test('says how it ended: time, events, promises, measures, processes', () => {
    const scenario = evening({ parameters: { crackProbability: 0 } });
    const result = runScenario(scenario, belfry);
    expect(result.scenario).toEqual(scenario);
    expect(result.endedAtMs).toBe(20_000);
    expect(result.hash).toBeNull();
    expect(result.promises).toEqual([
      { id: 'noBellCracks', kept: true },
      { id: 'everyoneRings', kept: null, because: 'the hour has not passed' },
    ]);
    expect(Object.keys(result.final.processes)).toEqual(['bell-1', 'bell-2', 'bell-3', 'tower']);
    const { heard } = result.measures as { heard: number };
    // Each bell rings at 0.1 s and each 0.5 s from then on; bell-2 is down from 4 s to 9 s.
    expect(heard).toBe(2 * 40 + 8 + 22);
    expect(result.final.processes.tower).toEqual({ kind: 'tower', status: 'up', state: 'listening', data: { heard } });
  });

  test('a figure with two windows is an object, one that measured nothing is null', () => {
    const { measures } = runScenario(evening({ parameters: { crackProbability: 0 } }), belfry);
    expect(measures).toMatchObject({ heardPerSecond: { run: 110 / 20, sliding: 1 }, silence: null });
  });

  test('a broken promise names its moment and reason', () => {
    const result = runScenario(evening({ parameters: { crackProbability: 1 } }), belfry);
    expect(result.promises[0]).toEqual({ id: 'noBellCracks', kept: false, brokenAtMs: 100, because: 'a bell cracked' });
    expect(isBroken(result)).toBe(true);
    expect(isBroken(runScenario(evening({ parameters: { crackProbability: 0 } }), belfry))).toBe(false);
  });

  test('a crashed process shows no data', () => {
    const { final } = runScenario(
      evening({ untilMs: 8_000, script: evening().script.slice(0, 1), pauseAtMs: null }),
      belfry,
    );
    expect(final.processes['bell-2']).toMatchObject({ status: 'crashed', data: null });
  });

  test('the same scenario gives the same result and hash; listening changes neither', () => {
    const scenario = evening();
    const first = runScenario(scenario, belfry, { hash: true });
    const entries: TraceEntry[] = [];
    const heard = runScenario(scenario, belfry, { hash: true, onEntry: (entry) => entries.push(entry) });
    expect(first.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(heard).toEqual(first);
    expect(runScenario(scenario, { ...belfry, watchers: [], measures: [] }, { hash: true }).hash).toBe(first.hash);
    expect(entries.map((entry) => entry.id)).toEqual(entries.map((_, index) => index + 1));
  });

  test('what only teaches stays outside the hash; seed and script do not', () => {
    const hashOf = (fields: object): string | null => runScenario(evening(fields), belfry, { hash: true }).hash;
    const hash = hashOf({});
    expect(hashOf({ title: 'Other', speed: 4, question: null, answers: null })).toBe(hash);
    expect(hashOf({ seed: 8 })).not.toBe(hash);
    expect(hashOf({ script: [] })).not.toBe(hash);
  });
});

test('a run begins where its given state says', () => {
  const heardFrom = (start: number | undefined) => {
    const { final, hash } = runScenario({ ...midnight, parameters: defaultsOf(heardBelfry), start }, heardBelfry, {
      hash: true,
    });
    expect(hash).not.toBeNull();
    return (final.processes.tower!.data as { heard: number }).heard;
  };
  expect(heardFrom(12)).toBe(heardFrom(undefined) + 12);
});
