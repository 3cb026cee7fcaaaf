import { describe, expect, it } from 'vitest';
import { valueWords } from '../../src/lessons/value.ts';
import type { Scenario } from '../../src/scenarios/types.ts';

const scenario: Scenario = {
  format: 1,
  world: 'work-queue',
  title: 'Made up',
  seed: 42,
  untilMs: 180_000,
  speed: 1,
  parameters: {
    latencyMs: 300,
    processingMs: 1500,
    lockMs: 1000,
    arrivalRatePerSecond: 0.5,
    busyRatePerSecond: 1.5,
    failureProbability: 0.07,
    itemCount: 20,
    poisonItems: [3],
    twoItems: [1, 3],
    strategy: 'none',
  },
  script: [
    { atMs: 500, do: 'recover' },
    { atMs: 4000, do: 'outage' },
    { atMs: 10_000, do: 'recover' },
  ],
};
const words = (of: string) => valueWords(scenario, of).replaceAll('\u00a0', ' ');

describe('a value in words', () => {
  it('takes its unit from the last word of its name', () => {
    expect(words('parameters.latencyMs')).toBe('300 ms');
    expect(words('parameters.processingMs')).toBe('1.5 seconds');
    expect(words('parameters.lockMs')).toBe('1 second');
    expect(words('untilMs')).toBe('3 minutes');
    expect(words('parameters.failureProbability')).toBe('7%');
    expect(words('parameters.itemCount')).toBe('20');
    expect(words('seed')).toBe('42');
  });

  it('turns slow rates round', () => {
    expect(words('parameters.arrivalRatePerSecond')).toBe('one in 2 seconds');
    expect(words('parameters.busyRatePerSecond')).toBe('1.5 a second');
  });

  it('lists lists', () => {
    expect(words('parameters.poisonItems')).toBe('3');
    expect(words('parameters.twoItems')).toBe('1 and 3');
  });

  it('reads the script: when something is first done, and the time until something after it', () => {
    expect(words('script.outage.atMs')).toBe('4 seconds');
    expect(words('script.outage..recover')).toBe('6 seconds');
  });

  it('refuses what the scenario does not have', () => {
    for (const of of ['parameters.sizeMs', 'script.crash.atMs', 'script.recover..outages', 'title']) {
      expect(() => valueWords(scenario, of)).toThrow(of);
    }
  });
});
