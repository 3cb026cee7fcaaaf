import { describe, expect, test } from 'vitest';
import { library } from '../../src/scenarios/library/index.ts';
import { spoken, spokenFirst } from '../../src/scenarios/names.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { workQueue } from '../../src/scenarios/worlds/workQueue/index.ts';
import { WorkQueueRun } from '../support/workQueue.ts';

/** Whatever only a link or a file should say. */
const ADDRESS = /\b(?:worker|producer)-\d|\b(?:busy|any|idle)-worker\b|\bbroker\b|\b(?:image|result)-store\b/;

/** Deeds of each kind that names someone, some of which find nothing to act on. */
const DEEDS: readonly ScenarioEntry[] = [
  { atMs: 500, do: 'resume', target: 'worker-1' },
  { atMs: 1_000, do: 'restart', target: 'broker' },
  { atMs: 1_500, do: 'crash', target: 'worker-99' },
  { atMs: 2_000, do: 'cut', from: 'worker-1', to: 'worker-1' },
  { atMs: 2_500, do: 'cut', from: 'worker-1', to: 'broker' },
  { atMs: 5_000, do: 'crash', target: 'busy-worker' },
  { atMs: 5_001, do: 'crash', target: 'holder-of:999' },
  { atMs: 6_000, do: 'pause', target: 'result-store' },
  { atMs: 7_000, do: 'crash', target: 'broker' },
  { atMs: 9_000, do: 'wipeDisk', target: 'broker' },
];

test('everyone has one name, with an article where there is only one', () => {
  const names = ['worker-12', 'broker', 'dead-letter-queue', 'busy-worker', 'any-producer', 'holder-of:3'];
  expect(names.map((name) => spoken(workQueue, name))).toEqual([
    'worker 12',
    'the queue',
    'the dead-letter queue',
    'a busy worker',
    'any producer',
    'the holder of image 3',
  ]);
  expect(spokenFirst(workQueue, 'worker-1 is down already')).toBe('Worker 1 is down already');
  expect(spoken(workQueue, 'Broker has it, not Worker-2')).toBe('The queue has it, not Worker 2');
});

test('a text without addresses stays as it is', () => {
  const text = 'the worker-like shape of 3-1 broken brokers; nothing-1 here';
  expect(spoken(workQueue, text)).toBe(text);
});

describe('no sentence of a run says an address', () => {
  const ours = library.filter(({ world }) => world === 'work-queue');
  test.each(ours.map((scenario) => [scenario.preset, scenario] as const))('%s', (_, scenario) => {
    for (const script of [scenario.script, DEEDS]) {
      const run = new WorkQueueRun(scenario.parameters, script, scenario.seed).runUntil(20_000);
      const told = run.entries.flatMap((entry) => workQueue.tell(entry)?.text ?? []);
      expect(told.length).toBeGreaterThan(0);
      expect(told.filter((text) => ADDRESS.test(text))).toEqual([]);
    }
  });
});
