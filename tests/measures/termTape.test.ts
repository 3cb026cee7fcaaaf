import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tapeBands } from '../../src/geometry/raftTape.ts';
import { createSimulation } from '../../src/kernel/simulation.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type { Command, TraceEntry } from '../../src/kernel/types.ts';
import { reignOf } from '../../src/measures/replicatedQueue/reign.ts';
import { type Tape, termTape, troublesOf } from '../../src/measures/replicatedQueue/tape.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';

function taped(seed: number, script: readonly (readonly [number, Command])[]) {
  const entries: TraceEntry[] = [];
  const simulation = createSimulation({
    world: replicatedQueue.kernel,
    parameters: { ...defaultsOf(replicatedQueue), preVote: seed % 2 === 0 },
    seed,
    script: script.map(([at, command]) => ({ atMicros: microsOfMs(at), command })),
    folds: [termTape],
    onEntry: (entry) => entries.push(entry),
  });
  return { simulation, entries, tape: () => simulation.foldState(termTape.id) as Tape };
}

const deeds: readonly (readonly [number, Command])[] = [
  [400, { do: 'crash', target: 'leader' }],
  [700, { do: 'partition', sides: [['server-1', 'server-2'], ['rest']] }],
  [900, { do: 'pause', target: 'leader', forMs: 200 }],
  [1_000, { do: 'heal' }],
  [1_200, { do: 'restart', target: 'server-1' }],
  [1_300, { do: 'crash', target: 'any-server' }],
];

describe('the tape of terms', () => {
  it('says of every instant who leads which term', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (seed) => {
        const { simulation, tape } = taped(seed, deeds);
        for (let ms = 0; ms <= 1_600; ms += 25) {
          simulation.runUntil(microsOfMs(ms));
          const { leader, term } = reignOf(simulation.view);
          expect(tape().spells.last).toMatchObject({ leader, term });
        }
      }),
      { numRuns: 15 },
    );
  });

  it('keeps its spells apart: each begins after the one before and says something else', () => {
    const { simulation, tape } = taped(11, deeds);
    simulation.runUntil(microsOfMs(1_600));
    const spells = tape().spells.toArray();
    expect(spells.length).toBeGreaterThan(3);
    for (let i = 1; i < spells.length; i++) {
      expect(spells[i]!.fromMicros).toBeGreaterThan(spells[i - 1]!.fromMicros);
      expect([spells[i]!.leader, spells[i]!.term]).not.toEqual([spells[i - 1]!.leader, spells[i - 1]!.term]);
    }
  });

  it('notes what was wrong, from when to when', () => {
    const { simulation, tape } = taped(11, deeds);
    simulation.runUntil(microsOfMs(1_600));
    const troubles = troublesOf(tape());
    const split = troubles.find(({ kind }) => kind === 'split');
    expect(split).toMatchObject({ fromMicros: 700_000, toMicros: 1_000_000 });
    const down = troubles.filter(({ kind }) => kind === 'down');
    expect(down[0]?.fromMicros).toBe(400_000);
    const paused = troubles.find(({ kind }) => kind === 'paused');
    if (paused !== undefined) expect(paused.toMicros).toBe(1_100_000);
  });

  it('notes each commit once, and every election', () => {
    const { simulation, tape, entries } = taped(4, []);
    simulation.runUntil(microsOfMs(1_000));
    const moments = tape().moments.toArray();
    const elections = new Set(entries.filter(({ kind }) => kind === 'electionStarted').map(({ atMicros }) => atMicros));
    for (const atMicros of elections) expect(moments.map((moment) => moment.atMicros)).toContain(atMicros);
    const highest = Math.max(...entries.filter(({ kind }) => kind === 'committed').map(({ data }) => Number(data.to)));
    const commits = moments.filter(({ kind }) => kind === 'commit');
    expect(commits.length).toBeGreaterThan(3);
    expect(commits.length).toBeLessThanOrEqual(highest);
  });
});

describe('the bands of the timeline', () => {
  it('cover the run up to where it has come, without a gap and without an overlap', () => {
    const { simulation, tape } = taped(11, deeds);
    simulation.runUntil(microsOfMs(1_400));
    const { terms, troubles } = tapeBands(tape(), 1_400_000, 2_000_000);
    expect(terms[0]?.from).toBe(0);
    expect(terms.at(-1)?.to).toBe(0.7);
    for (let i = 1; i < terms.length; i++) expect(terms[i]!.from).toBe(terms[i - 1]!.to);
    for (const band of troubles) {
      const others = troubles.filter((one) => one !== band && one.lane === band.lane && one.lane < 2);
      for (const other of others) expect(band.to <= other.from || other.to <= band.from).toBe(true);
    }
  });
});
