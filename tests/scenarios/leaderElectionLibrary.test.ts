import { describe, expect, test } from 'vitest';
import { leaderElectionLibrary } from '../../src/scenarios/library/leaderElection/index.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { testLibrary } from '../support/testLibrary.ts';
import { missed, WatchedRun } from '../support/watchedRun.ts';

const byId = (id: string): Scenario => leaderElectionLibrary.find(({ preset }) => preset === id)!;

// A bad day is one among many: its seed was looked for.
testLibrary(leaderElectionLibrary.filter(({ preset }) => preset !== 'fencing-off-chaos'));

describe('fencing-off-chaos', () => {
  const chaos = byId('fencing-off-chaos');

  test('breaks the promise on its own seed', () => {
    expect(missed(chaos, chaos.seed)).toEqual([]);
  });

  test('the same day with a fence keeps it', () => {
    const fenced = { ...chaos, parameters: { ...chaos.parameters, storageChecksTokens: true } };
    const run = new WatchedRun(fenced).runUntil(chaos.untilMs);
    expect(run.verdict('noStaleWriteAccepted').kind).toBe('kept');
    expect(run.figure('staleWritesRefused')).toBeGreaterThan(0);
  });
});

test('every run opens with coordinator 1 leading with token 33, or says why not', () => {
  // By the bully’s rule the highest number leads; where two do not know of one another, both lead.
  const others = { bully: [5, 33], 'different-views': [2, 34] };
  for (const scenario of leaderElectionLibrary) {
    for (const seed of [scenario.seed, 1, 2, 3]) {
      const run = new WatchedRun(scenario, seed).runUntil(scenario.opensAtMs!);
      const expected = others[scenario.preset as keyof typeof others] ?? [1, 33];
      expect([run.figure('leader'), run.figure('token')], scenario.preset).toEqual(expected);
    }
  }
});

describe('rules whose breaking the lesson shows', () => {
  const fenced = byId('paused-zombie-fenced');
  const under = (parameters: Scenario['parameters'], script = fenced.script) =>
    new WatchedRun({ ...fenced, script, parameters: { ...fenced.parameters, ...parameters } }).runUntil(fenced.untilMs);

  test('a token that does not rise protects nothing', () => {
    expect(under({ tokenRisesAtGrant: false }).verdict('noStaleWriteAccepted').kind).toBe('broken');
  });

  test('storage that forgets takes the stale write only if nobody with the higher token writes before', () => {
    // The new leader's next write teaches storage the token anew.
    const early = [
      { atMs: 12_300, do: 'crash', target: 'storage' },
      { atMs: 12_400, do: 'restart', target: 'storage' },
    ];
    const [pause, resume] = fenced.script;
    const run = under({ storageRemembersToken: false }, [pause!, ...early, resume!]);
    expect(run.verdict('noStaleWriteAccepted').kind).toBe('kept');
    expect(run.figure('staleWritesRefused')).toBeGreaterThan(0);
  });

  test('to compare the revision of the grant is a fence, too', () => {
    const run = under({ storageChecksTokens: false, storageComparesRevision: true });
    expect(run.verdict('noStaleWriteAccepted').kind).toBe('kept');
    expect(run.figure('staleWritesRefused')).toBeGreaterThan(0);
  });
});

test('with a fence, two leaders do twice only what was written before it saw the higher token', () => {
  const { parameters, ...rest } = byId('two-leaders');
  const under = (storageChecksTokens: boolean) => {
    const scenario = { ...rest, parameters: { ...parameters, storageChecksTokens } };
    return new WatchedRun(scenario).runUntil(rest.untilMs);
  };
  const [fenced, unfenced] = [under(true), under(false)];
  expect(fenced.verdict('noStaleWriteAccepted').kind).toBe('kept');
  expect(fenced.verdict('atMostOneLeader').kind).toBe('broken');
  expect(fenced.verdict('eachJobTakesEffectOnce').kind).toBe('broken');
  expect(fenced.figure('jobsDoneTwice')).toBeLessThan(unfenced.figure('jobsDoneTwice')! / 2);
  // Refused, the first one steps down.
  expect(fenced.figure('splitBrainMs')).toBeLessThan(unfenced.figure('splitBrainMs')! / 2);
});
