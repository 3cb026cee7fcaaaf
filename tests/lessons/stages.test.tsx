import { describe, expect, it } from 'vitest';
import { stageIds } from '../../src/lessons/lesson.ts';
import { concepts } from '../../src/lessons/reference/concepts.ts';
import { valueWords } from '../../src/lessons/value.ts';
import { checkParameter, parameterOf } from '../../src/scenarios/parameters.ts';
import { presetIds, presetNamed, worldOfPreset } from './support/library.ts';
import { readStage } from './support/readStage.tsx';
import { openWords, words } from './support/words.ts';

/** Words that have an entry of their own: where a stage uses one, it links there. */
const TERMS: { readonly [id: string]: RegExp } = {
  'race-conditions': /race condition/i,
  'failure-detection': /failure detection/i,
  consensus: /\bconsensus\b/i,
  fairness: /\bfairness\b/i,
  'message-queues': /message queue/i,
  'dead-letter-queues': /dead-letter queue/i,
  'visibility-timeouts': /visibility timeout/i,
  'auto-scaling': /auto-scaling/i,
  'health-checks': /health check/i,
  'circuit-breakers': /circuit breaker/i,
  'work-stealing': /work stealing/i,
  'exponential-backoff': /exponential backoff/i,
  'leader-election': /leader election/i,
  heartbeats: /\bheartbeat\b/i,
  'fencing-tokens': /fencing token/i,
  idempotency: /\bidempotency\b/i,
  backpressure: /\bbackpressure\b/i,
  'poison-messages': /poison message/i,
  quorums: /\bquorum\b/i,
  'replicated-state-machines': /replicated state machine/i,
  linearizability: /\blineari[sz]ab/i,
  cap: /\bCAP\b/,
  'client-sessions': /client session/i,
  'split-brain': /\bsplit brain\b/i,
};

const COUNTED =
  /\b(three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|sixty|ninety)( more)? (seconds?|minutes?|jobs?|images?|cards?|workers?|attempts?|calls?|times|deliveries|receives|percent)\b/i;

for (const { lesson, questions, parts: partsOf } of words) {
  describe(lesson.title, () => {
    it('has the six stages in order, and 90 minutes', () => {
      expect(lesson.stages.map((stage) => stage.id)).toEqual(stageIds);
      expect(lesson.stages.reduce((sum, stage) => sum + stage.minutes, 0)).toBe(90);
    });

    it('shows every guess of the room again, and asks for it before', async () => {
      const stages = await Promise.all(lesson.stages.map(readStage));
      const asked = stages.slice(0, -1).flatMap((stage) => stage.guesses);
      expect(asked.length).toBeGreaterThan(0);
      expect(new Set(asked).size).toBe(asked.length);
      expect([...(stages.at(-1)?.guessesAgain ?? [])].sort()).toEqual([...asked].sort());
    });

    it('asks each question exactly once, with its misconception', async () => {
      const stages = await Promise.all(lesson.stages.map(readStage));
      const asked = stages.flatMap((stage) => stage.questions);
      expect(asked).toEqual(questions.map(({ n, misconception }) => ({ n, misconception })));
    });

    it('uses the interactive parts, each in the stage that it belongs to', async () => {
      const parts = await Promise.all(lesson.stages.map(async (stage) => [stage.id, (await readStage(stage)).parts]));
      expect(Object.fromEntries(parts)).toEqual(partsOf);
    });

    for (const stage of lesson.stages) {
      describe(stage.title, () => {
        it('links only to concepts that exist, and links each term that it uses', async () => {
          const read = await readStage(stage);
          const linked = read.concepts.map((concept) => concept.id);
          const known = concepts.map((concept) => concept.id);
          for (const id of linked) expect(known).toContain(id);
          for (const [id, term] of Object.entries(TERMS)) {
            if (!term.test(read.prose)) continue;
            expect(linked, `${stage.id} uses ${term}`).toContain(id);
            const before = read.concepts.find((concept) => concept.id === id)?.before;
            expect(before, `${stage.id} uses ${term} before it links it`).not.toMatch(term);
          }
        });

        it('types no number of a scenario by hand', async () => {
          const { prose } = await readStage(stage);
          const without = prose.replace(/Workshop \d/g, 'Workshop');
          expect(without).not.toMatch(/\d/);
          expect(without).not.toMatch(COUNTED);
        });

        it('has headings below the title of the stage, and links by https', async () => {
          const { headings, links } = await readStage(stage);
          for (const [level] of headings) expect(level).toBeGreaterThanOrEqual(3);
          for (const link of links) expect(link).toMatch(/^https:\/\//);
        });
      });
    }
  });
}

for (const { lesson } of openWords) {
  describe(`${lesson.title} Opened`, () => {
    for (const stage of lesson.stages) {
      describe(stage.title, () => {
        it('opens only scenarios of the library', async () => {
          const { opens, values } = await readStage(stage);
          for (const { preset } of [...opens, ...values]) expect(presetIds).toContain(preset);
          expect(presetIds).toContain(stage.opens);
        });

        it('asks scenarios only for numbers that they have, of a sensible kind', async () => {
          const { values } = await readStage(stage);
          for (const { preset, of, as } of values) {
            const words = valueWords(presetNamed(preset), of, as);
            expect(words, `${preset}: ${of}`).not.toMatch(/NaN|undefined|true|false|^0/);
          }
        });

        it('sets only parameters that exist, within their range', async () => {
          const { opens } = await readStage(stage);
          for (const { preset, parameters } of opens) {
            for (const [name, value] of Object.entries(parameters ?? {})) {
              const description = parameterOf(worldOfPreset(preset), name);
              if (!description.ok) throw new Error(description.problem.sentence);
              expect(checkParameter(description.value, value)).toMatchObject({ ok: true });
            }
          }
        });
      });
    }
  });
}

describe('Observe', () => {
  it('gives each step a button', async () => {
    for (const { lesson } of words) {
      const observe = lesson.stages.find((stage) => stage.id === 'observe');
      if (observe === undefined) throw new Error('no such stage');
      const { opens, headings } = await readStage(observe);
      // One heading, the table of trade-offs, sets nothing up.
      expect(opens.length).toBeGreaterThanOrEqual(headings.length - 1);
    }
  });
});
