import { expect, test } from 'vitest';
import { replicatedQueueLibrary } from '../../src/scenarios/library/replicatedQueue/index.ts';
import { replicatedQueue as world } from '../../src/scenarios/worlds/replicatedQueue/index.ts';
import { WatchedRun } from '../support/watchedRun.ts';

/** Everything that servers, clients and workers note, as the protocol's modules name it. */
const FACTS = [
  ...['electionStarted', 'voteGranted', 'leaderElected', 'steppedDown', 'entryAppended', 'committed'],
  ...['entriesDiscarded', 'snapshotTaken', 'snapshotInstalled', 'configurationChanged', 'transferStarted'],
  ...['transferEnded', 'changeRefused', 'operationInvoked', 'operationReturned', 'operationUnknown'],
  ...['operationRetried', 'workStarted', 'workSucceeded'],
];

const runs = replicatedQueueLibrary.map((scenario) => new WatchedRun(scenario).runUntil(scenario.untilMs));

test('every fact of the library’s runs is told in a whole sentence, without a hole in it', () => {
  for (const kind of FACTS) {
    const entries = runs.flatMap((run) => run.entries(kind));
    expect(entries.length, kind).toBeGreaterThan(0);
    for (const entry of entries) {
      const { text } = world.tell(entry)!;
      expect(text).toMatch(/^[A-Z].*\.$/);
      expect(text).not.toMatch(/undefined|null|NaN|object|[a-z]-[0-9]|[a-z][A-Z]/);
    }
  }
});

test('elections, leaders and what is lost stand out from what happens all the time', () => {
  const levelOf = (kind: string) =>
    new Set(runs.flatMap((run) => run.entries(kind).map((entry) => world.tell(entry)!.level)));
  expect([...levelOf('leaderElected'), ...levelOf('steppedDown'), ...levelOf('entriesDiscarded')]).toEqual([
    'milestone',
    'trouble',
    'trouble',
  ]);
  expect([...levelOf('committed'), ...levelOf('voteGranted')]).toEqual(['detail', 'detail']);
});

test('an election, a deposed leader and a struck entry, in words', () => {
  const told = (id: string) => {
    const run = runs[replicatedQueueLibrary.findIndex(({ preset }) => preset === id)]!;
    const kinds = ['electionStarted', 'leaderElected', 'steppedDown', 'entriesDiscarded'];
    return kinds.flatMap((kind) => run.entries(kind)).map((entry) => world.tell(entry)!.text);
  };
  const texts = told('figure-8');
  expect(texts).toContain('Server 5 asks for votes in term 3.');
  expect(texts).toContain('Server 5 leads term 5, with 3 votes.');
  expect(texts).toContain('Server 2 strikes out entry 2: the leader has others there.');
  expect(told('membership')).toContain('Server 1 bows out of term 1: it has heard of a newer one.');
});

test('each scenario’s number above the stage is made of figures that there are', () => {
  for (const [k, scenario] of replicatedQueueLibrary.entries()) {
    const text = world.headline(scenario.headline!, runs[k]!.figures());
    expect(text).toMatch(/[0-9]/);
    expect(text).not.toMatch(/undefined|NaN/);
  }
});

test('a split says who is apart, and calls the largest side the others', () => {
  const text = (sides: readonly (readonly string[])[]) =>
    world.tell({ id: 1, atMicros: 0, kind: 'partitioned', address: 'script', causeId: 0, data: { id: 'a', sides } })!
      .text;
  expect(
    text([
      ['server-1', 'server-2', 'client-1'],
      ['server-3', 'server-4', 'server-5', 'client-2'],
    ]),
  ).toBe('The network is split: server 1, server 2 and client 1 apart from the others.');
  expect(text([['server-4', 'server-5'], ['server-1'], ['server-2']])).toBe(
    'The network is split: server 1; server 2 apart from the others.',
  );
});
