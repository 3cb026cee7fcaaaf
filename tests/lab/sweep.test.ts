import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLocalWorker } from '../../src/lab/localWorker.ts';
import { type LabWorker, runSweep } from '../../src/lab/pool.ts';
import { runScenario } from '../../src/lab/run.ts';
import { planSweep, runJob, type SweepLine, type SweepPlan } from '../../src/lab/sweep.ts';
import type { FromWorker, ToWorker } from '../../src/lab/worker.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import type { Checked, Scenario } from '../../src/scenarios/types.ts';
import { belfry, fakeCatalogue } from '../support/fakeWorld.ts';

const mustBe = <T>(checked: Checked<T>): T => {
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};
const scenario: Scenario = mustBe(checkScenario({ format: 1, preset: 'evening', untilMs: 10_000 }, fakeCatalogue));
const plan = (options: Partial<Parameters<typeof planSweep>[2]> = {}): Checked<SweepPlan> =>
  planSweep(scenario, fakeCatalogue, { seeds: { first: 1, last: 5 }, ...options });
const worldOf = (id: string) => (id === 'belfry' ? belfry : undefined);

describe('planSweep', () => {
  test('seeds in order, for each all combinations, the last named changing fastest', () => {
    const vary = [
      { name: 'bells', values: [1, 2] },
      { name: 'muffled', values: [false, true] },
    ];
    const { jobs } = mustBe(plan({ seeds: { first: 8, last: 9 }, vary }));
    expect(jobs.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(jobs.map(({ seed, vary: { bells, muffled } }) => `${seed} ${bells} ${muffled}`)).toEqual([
      '8 1 false',
      '8 1 true',
      '8 2 false',
      '8 2 true',
      '9 1 false',
      '9 1 true',
      '9 2 false',
      '9 2 true',
    ]);
  });

  test('the shards, one after another, are the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }), (of, last) => {
        const options = { seeds: { first: 1, last }, vary: [{ name: 'bells', values: [1, 2, 3] }] };
        const whole = mustBe(plan(options)).jobs;
        const shards = Array.from({ length: of }, (_, index) =>
          mustBe(plan({ ...options, shard: { index: index + 1, of } })),
        );
        const named = (jobs: SweepPlan['jobs']) => jobs.map(({ seed, vary }) => ({ seed, vary }));
        expect(shards.flatMap(({ jobs }) => named(jobs))).toEqual(named(whole));
        for (const { jobs } of shards) expect(jobs.map(({ index }) => index)).toEqual(jobs.map((_, index) => index));
      }),
    );
  });

  test('a combination that breaks the rules is refused before anything runs', () => {
    const sentenceOf = (checked: Checked<SweepPlan>) => (checked.ok ? '' : checked.problem.sentence);
    expect(sentenceOf(plan({ vary: [{ name: 'bells', values: [2, 150] }] }))).toContain('151 processes');
    expect(sentenceOf(plan({ seeds: { first: 1, last: 1_000_001 } }))).toBe(
      'the sweep has 1000001 runs: expected at most 1000000',
    );
  });
});

test('a job is the scenario with its seed and values, run', () => {
  const line = runJob(scenario, { index: 0, seed: 3, vary: { bells: 5 } }, belfry, true);
  const alone = runScenario({ ...scenario, seed: 3, parameters: { ...scenario.parameters, bells: 5 } }, belfry, {
    hash: true,
  });
  const { scenario: _, final: __, ...kept } = alone;
  expect(line).toEqual({ seed: 3, vary: { bells: 5 }, ...kept });
});

describe('runSweep', () => {
  const sweep = async (options: Partial<Parameters<typeof runSweep>[1]> = {}, thePlan = mustBe(plan())) => {
    const lines: SweepLine[] = [];
    await runSweep(thePlan, {
      createWorker: () => createLocalWorker(worldOf),
      workerCount: 2,
      onLine: (line) => void lines.push(line),
      ...options,
    });
    return lines;
  };

  test('gives the lines of one run after another', async () => {
    const { jobs } = mustBe(plan());
    const expected = jobs.map((job) => runJob(scenario, job, belfry, false));
    expect(await sweep()).toEqual(expected);
    expect(await sweep({ workerCount: 1 })).toEqual(expected);
    expect(await sweep({ workerCount: 50 })).toEqual(expected);
  });

  test('lines come in order, whatever finishes first', async () => {
    const seeds = { first: 1, last: 60 };
    const answers: (() => void)[] = [];
    /** Answers its jobs last in, first out. */
    const stubborn = (): LabWorker => {
      let hear: (message: FromWorker) => void = () => {};
      return {
        post(message: ToWorker) {
          if (message.kind !== 'job') return;
          const { index, seed } = message.job;
          answers.push(() => hear({ kind: 'done', index, line: { seed } as SweepLine }));
        },
        listen: (onMessage) => {
          hear = onMessage;
        },
        stop: () => {},
      };
    };
    const running = sweep({ createWorker: stubborn, workerCount: 7 }, mustBe(plan({ seeds })));
    while (answers.length > 0) {
      answers.pop()!();
      await Promise.resolve();
    }
    expect((await running).map(({ seed }) => seed)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  test('each worker gets a job before one gets a second', async () => {
    const posted: number[] = [];
    let made = 0;
    await sweep({
      workerCount: 3,
      createWorker: () => {
        const name = made++;
        const worker = createLocalWorker(worldOf);
        return {
          ...worker,
          post(message) {
            if (message.kind === 'job') posted.push(name);
            worker.post(message);
          },
        };
      },
    });
    expect(posted.slice(0, 3)).toEqual([0, 1, 2]);
  });

  test('a worker takes jobs in advance only while there are plenty, and no more than it says', async () => {
    const takenBy = async (seedCount: number, aheadCount?: number) => {
      const taken: number[] = [];
      let isCancelled = false;
      const mute = () => {
        const name = taken.push(0) - 1;
        return {
          ...(aheadCount !== undefined && { aheadCount }),
          post: (message: ToWorker) => void (message.kind === 'job' && taken[name]!++),
          listen: (hear: (message: FromWorker) => void) => {
            // The first answers once, after everything was handed out, so that the sweep can end.
            if (name !== 0) return;
            setTimeout(() => {
              isCancelled = true;
              hear({ kind: 'done', index: 0, line });
            });
          },
          stop: () => {},
        };
      };
      const line = runJob(scenario, { index: 0, seed: 1, vary: {} }, belfry, false);
      const seeds = { first: 1, last: seedCount };
      await sweep({ createWorker: mute, isCancelled: () => isCancelled }, mustBe(plan({ seeds })));
      return taken;
    };
    expect(await takenBy(4)).toEqual([1, 1]);
    expect(await takenBy(40)).toEqual([3, 3]);
    expect(await takenBy(40, 1)).toEqual([1, 1]);
  });

  test('a reader that is slow holds it back, and gets every line', async () => {
    let waiting = 0;
    let most = 0;
    const lines: number[] = [];
    await sweep({
      onLine: async (line) => {
        waiting += 1;
        most = Math.max(most, waiting);
        await Promise.resolve();
        waiting -= 1;
        lines.push(line.seed);
      },
    });
    expect(lines).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(1);
  });

  test('a job that fails ends the sweep with its reason, and every worker is stopped', async () => {
    let stopped = 0;
    const failing = sweep({
      createWorker: () => {
        const worker = createLocalWorker(() => undefined);
        return {
          ...worker,
          stop() {
            stopped += 1;
            worker.stop();
          },
        };
      },
    });
    await expect(failing).rejects.toThrow('there is no world belfry');
    expect(stopped).toBe(2);
  });

  test('an error of the reader ends it too', async () => {
    const failing = sweep({
      onLine: () => {
        throw new Error('disk full');
      },
    });
    await expect(failing).rejects.toThrow('disk full');
  });

  test('once cancelled, no further line comes', async () => {
    let count = 0;
    await sweep({
      isCancelled: () => count >= 2,
      onLine: () => {
        count += 1;
      },
    });
    expect(count).toBe(2);
  });

  test('nothing to do ends at once', async () => {
    const empty = mustBe(plan({ seeds: { first: 1, last: 1 }, shard: { index: 1, of: 3 } }));
    expect(empty.jobs).toEqual([]);
    expect(await sweep({}, empty)).toEqual([]);
  });
});
