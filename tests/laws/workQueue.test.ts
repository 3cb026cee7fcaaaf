import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/scenarios/released.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';
import { fractions, lawOptions, play, playLive } from '../support/generated.ts';
import { draftsOf } from '../support/generateScenario.ts';
import { LAWS } from '../support/laws.ts';

/** Roomy, for a slow machine: a law that hangs should still end. */
const LIMIT_MS = 120_000;
const UNTIL_MS = 2_000;

/** Work comes and goes fast enough for something to happen within the two simulated seconds. */
const lively = {
  failureProbability: 0.3,
  arrivalRatePerSecond: 10,
  processingMs: 150,
  visibilityTimeoutMs: 400,
  longPollMs: 200,
  maxReceiveCount: 3,
  submitTimeoutMs: 300,
  linkMs: 20,
  storeLinkMs: 20,
  linkJitterMs: 20,
  diskSyncMs: 5,
  producers: 2,
};

const drafts = draftsOf(workQueue, { untilMs: UNTIL_MS, plansMost: 30, lively });
const scenarios = drafts.map(playLive);
const choices = fc.array(fractions, { minLength: 1, maxLength: 4 });

describe('the laws, over generated scenarios of the work queue', () => {
  for (const [n, [sentence, law]] of LAWS.entries())
    it(
      sentence,
      () => {
        fc.assert(fc.property(scenarios, choices, law), lawOptions(25, n));
      },
      LIMIT_MS,
    );
});

describe('the generated scenarios of the work queue', () => {
  const sample = fc.sample(scenarios, { numRuns: 350, seed: 1 });

  it('are scenarios that a file could hold', () => {
    for (const { parameters, seed, script } of sample) {
      const written = script.map(({ atMicros, command }) => ({ atMs: atMicros / 1000, ...command }));
      const file = { format: 1, world: 'work-queue', seed, untilMs: UNTIL_MS, parameters, script: written };
      const checked = checkScenario(JSON.parse(JSON.stringify(file)), catalogue);
      expect(checked.ok ? '' : checked.problem.sentence).toBe('');
    }
  });

  it(
    'give every command at least 50 times',
    () => {
      const counts = new Map(workQueue.commands.map(({ do: verb }) => [verb, 0]));
      const kinds = new Map<string, number>();
      for (const scenario of sample) {
        for (const { command } of scenario.script) counts.set(command.do, (counts.get(command.do) ?? 0) + 1);
        for (const { kind } of play(scenario).entries) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      }
      expect([...counts].filter(([, count]) => count < 50)).toEqual([]);
      // The kernel's verbs and the world's four.
      expect(counts.size).toBe(19);
      const told =
        'messageDropped messageDuplicated crashed restarted paused resumed left diskWiped partitioned linkCut';
      expect(told.split(' ').filter((kind) => (kinds.get(kind) ?? 0) < 50)).toEqual([]);
    },
    LIMIT_MS,
  );
});
