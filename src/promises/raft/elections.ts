import { type Log, matches } from '../../protocols/raft/index.ts';
import { breaks, committedAt, inWords, type Look, type RaftHistory, sentence } from './history.ts';

/** A server has just begun to lead: nobody else ever led this term (I1), and it has all that is committed (I7). */
export function checkElected(before: RaftHistory, look: Look): RaftHistory {
  const { self, server, entry } = look;
  const { currentTerm, log } = server.disk;
  let history = before;
  const other = history.elected.get(currentTerm);
  if (other === undefined) history = { ...history, elected: history.elected.set(currentTerm, self) };
  else if (other !== self) {
    const because = `${sentence(self)} leads term ${currentTerm}, which ${inWords(other)} has led before it.`;
    history = breaks(history, 'electionSafety', entry, because);
  }
  if (before.termsInLogs.has(currentTerm)) {
    const because = `${sentence(self)} was elected in term ${currentTerm}, of which there are entries in a log already.`;
    history = breaks(history, 'candidateTermIsNew', entry, because);
  }
  return checkHasCommitted(history, look, log, currentTerm, self);
}

/**
 * Leader Completeness (paper §5.4, Figure 3): every entry that was committed in a term before the leader's is in its log.
 * By Log Matching it is enough to look at the last such entry.
 */
export function checkHasCommitted(
  history: RaftHistory,
  look: Look,
  log: Log,
  leaderTerm: number,
  leader: string,
): RaftHistory {
  let index = history.committed.endIndex;
  while (index > 0 && committedAt(history, index)!.commitTerm >= leaderTerm) index--;
  if (index === 0 || index <= log.snapshotIndex) return history;
  const { entry } = committedAt(history, index)!;
  if (matches(log, index, entry.term)) return history;
  const because = `${sentence(leader)} leads term ${leaderTerm} and lacks entry ${index} of term ${entry.term}, which was committed.`;
  return breaks(history, 'leaderCompleteness', look.entry, because);
}
