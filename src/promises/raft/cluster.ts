import type { Watcher } from '../promise.ts';
import { NO_HISTORY, type RaftHistory } from './history.ts';
import { HEARD, watchRaft } from './watch.ts';

/** A promise of the cluster. All share one fold, which is stepped once for all of them. */
function promise(id: string, title: string, sentence: string): Watcher<RaftHistory> {
  return {
    id,
    title,
    sentence,
    hears: HEARD,
    start: NO_HISTORY,
    step: watchRaft,
    verdict: (history) => {
      const broken = history.broken[id];
      return broken === undefined ? { kind: 'kept' } : { kind: 'broken', ...broken };
    },
  };
}

/** What a Raft cluster must never do (paper Figure 3, and what the proofs in the dissertation lean on). */
export const clusterWatchers: readonly Watcher<RaftHistory>[] = [
  promise('electionSafety', 'One leader in a term', 'In each term at most one server is ever elected.'),
  promise(
    'leaderCompleteness',
    'Leaders have all that is committed',
    'Whoever leads a term has every entry that was committed in the terms before it.',
  ),
  promise(
    'stateMachineSafety',
    'All apply the same',
    'Where one server has applied an entry, no server ever applies another.',
  ),
  promise(
    'committedNeverRewritten',
    'What is committed stays',
    'An entry that was committed is never deleted from a log that has it.',
  ),
  promise(
    'logMatching',
    'Logs match',
    'Two entries with the same index and term are the same, and so is all before them.',
  ),
  promise('leaderAppendOnly', 'Leaders only append', 'A leader never changes or deletes an entry of its own log.'),
  promise(
    'leaderOwnsItsTerm',
    'Leaders write their term',
    'An entry of a term was first written by the leader of that term.',
  ),
  promise(
    'leaderCommitsOwnTermOnly',
    'Leaders count only their own term',
    'A leader says that an entry is committed only if it is of its own term; older ones come with it.',
  ),
  promise(
    'committedIsOnAQuorum',
    'Committed means on a majority',
    'What a leader holds for committed is on the disks of a majority.',
  ),
  promise('oneVotePerTerm', 'One vote in a term', 'A server votes at most once in a term, also after a crash.'),
  promise(
    'diskReturnsWhatWasAcknowledged',
    'What was answered is on disk',
    'What a server has told others is on its disk when it says so, and still there when it starts again.',
  ),
  promise(
    'matchIndexIsTrue',
    'The leader knows what the others have',
    'What a leader believes that a follower has, it has.',
  ),
  promise(
    'matchIndexNeverFalls',
    'Progress never falls',
    'What a leader knows of a follower in its term never falls, and the next entry lies beyond it.',
  ),
  promise('termsNeverFall', 'Terms never fall', 'While it runs, a server never goes back to an older term.'),
  promise('termsInLogRise', 'Terms in a log rise', 'In a log, terms never fall, and none is newer than its server.'),
  promise('candidateTermIsNew', 'A won term is new', 'When a server is elected, no log has an entry of its term yet.'),
  promise(
    'commitNeverFalls',
    'The commit index never falls',
    'While it runs, a server never takes back that an entry is committed.',
  ),
  promise(
    'appliedInOrder',
    'Applied in order',
    'A server applies only what is committed, in order, and its log reaches that far.',
  ),
  promise('messagesCarryOwnTerm', 'Messages carry their term', 'A server speaks in no term that it has not reached.'),
  promise(
    'rolesFollowTheRules',
    'Roles follow the rules',
    'A leader was a candidate before, and whoever bows out becomes a follower.',
  ),
  promise(
    'oneChangeAtATime',
    'One change at a time',
    'Servers join and leave one change at a time, and only after the leader has committed something in its term.',
  ),
  promise(
    'noAcknowledgedJobLost',
    'No acknowledged job is lost',
    'A job that a client was told is in the queue is agreed upon by the servers, and stays so.',
  ),
  promise('eachJobTakesEffectOnce', 'Each job takes effect once', 'No image is completed twice.'),
  promise(
    'exactlyOnceInSession',
    'A repeated request counts once',
    'In exactly-once delivery, an operation that a client asked for again does not take effect again.',
  ),
];
