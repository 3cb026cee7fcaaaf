import type { Watcher } from '../promise.ts';
import { eachJobTakesEffectOnce } from '../workQueue/eachJobTakesEffectOnce.ts';
import { type ElectionHistory, letTimePass, NO_HISTORY } from './history.ts';
import { noJobLost } from './noJobLost.ts';
import { someoneLeadsEventually } from './someoneLeads.ts';
import { HEARD, watchElection } from './watch.ts';

export type { ElectionHistory } from './history.ts';

/** A promise about leaders and their writes. All share one fold, which is stepped once for all of them. */
function promise(id: string, title: string, sentence: string): Watcher<ElectionHistory> {
  return {
    id,
    title,
    sentence,
    hears: HEARD,
    start: NO_HISTORY,
    step: watchElection,
    verdict: (history, { atMicros }) => {
      const broken = letTimePass(history, atMicros).broken[id];
      return broken === undefined ? { kind: 'kept' } : { kind: 'broken', ...broken };
    },
  };
}

/** What must never happen around a leader, and what must happen in time. */
export const electionWatchers: readonly Watcher[] = [
  promise('atMostOneLeader', 'At most one leader', 'At every instant, at most one coordinator acts as the leader.'),
  promise(
    'leaderKnowsItLeads',
    'Who leads may lead',
    'Nobody acts as the leader after the lead was given to another one.',
  ),
  promise(
    'noStaleWriteAccepted',
    'No stale write is accepted',
    'Storage never accepts a write with a lower token than one that it has accepted before.',
  ),
  eachJobTakesEffectOnce,
  noJobLost,
  someoneLeadsEventually,
];
