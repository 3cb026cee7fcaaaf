import { type Entry, entriesFrom, entryAt, type Log, termAt } from '../../protocols/raft/index.ts';
import { breaks, committedAt, type Look, type RaftHistory, sentence } from './history.ts';

/** The first index at which two logs of one server differ; one more than the shorter's end where they agree so far. */
export function firstDifference(before: Log, after: Log): number {
  let index = Math.min(before.lastIndex, after.lastIndex);
  const floor = Math.max(before.snapshotIndex, after.snapshotIndex);
  while (index > floor && termAt(before, index) !== termAt(after, index)) index--;
  return index + 1;
}

/** A server's log has changed: what was deleted, and what was added, and whether either may be. */
export function checkLog(before: RaftHistory, look: Look): RaftHistory {
  const { server } = look;
  const { log, currentTerm } = server.disk;
  const old = look.before?.disk.log;
  let history = before;
  // What one event has both written and compacted is gone already.
  const from = Math.max(look.agreedIndex, log.snapshotIndex) + 1;
  if (old !== undefined && from <= old.lastIndex) history = checkDeleted(history, look, old, from);
  let previousTerm = termAt(log, from - 1) ?? 0;
  for (const added of entriesFrom(log, from, Number.MAX_SAFE_INTEGER)) {
    history = checkAdded(history, look, added, previousTerm);
    previousTerm = added.term;
  }
  if (log.lastTerm > currentTerm) {
    const because = `${sentence(look.self)} holds an entry of term ${log.lastTerm} in term ${currentTerm}.`;
    history = breaks(history, 'termsInLogRise', look.entry, because);
  }
  return history;
}

function checkDeleted(before: RaftHistory, look: Look, old: Log, from: number): RaftHistory {
  const { self, server, entry } = look;
  let history = before;
  if (look.before!.ledTerm > 0 && look.before!.ledTerm === server.disk.currentTerm && server.leadership !== undefined) {
    const because = `${sentence(self)} leads term ${server.disk.currentTerm} and has deleted its own entry ${from}.`;
    history = breaks(history, 'leaderAppendOnly', entry, because);
  }
  for (let index = from; index <= old.lastIndex; index++) {
    if (index <= server.disk.log.snapshotIndex) continue;
    const committed = committedAt(history, index);
    if (committed === undefined) break;
    if (committed.entry.term !== termAt(old, index)) continue;
    const because = `${sentence(self)} has deleted entry ${index} of term ${committed.entry.term}, which was committed.`;
    history = breaks(history, 'committedNeverRewritten', entry, because);
    break;
  }
  // What was acknowledged and is now lawfully gone need not come back after a crash.
  const acknowledged = history.acknowledged.get(self);
  if (acknowledged !== undefined && acknowledged.index >= from) {
    const index = from - 1;
    const cut = { ...acknowledged, index, indexTerm: termAt(server.disk.log, index) ?? 0 };
    history = { ...history, acknowledged: history.acknowledged.set(self, cut) };
  }
  return history;
}

/** Log Matching (paper §5.3): index and term say what an entry is, and what stands before it. */
function checkAdded(before: RaftHistory, look: Look, added: Entry, previousTerm: number): RaftHistory {
  const { self, server, entry } = look;
  const key = `${added.index}@${added.term}`;
  const known = before.known.get(key);
  let history = before;
  if (previousTerm > added.term) {
    const because = `${sentence(self)} holds entry ${added.index} of term ${added.term} behind one of term ${previousTerm}.`;
    history = breaks(history, 'termsInLogRise', entry, because);
  }
  if (known === undefined) {
    history = { ...history, known: history.known.set(key, { entry: added, previousTerm }) };
    if (!history.termsInLogs.has(added.term)) {
      history = { ...history, termsInLogs: history.termsInLogs.set(added.term, true) };
    }
    const isOwn = server.leadership !== undefined && server.disk.currentTerm === added.term;
    // A state that the scenario gave has entries from before the run.
    if (!isOwn && look.before !== undefined) {
      const because = `${sentence(self)} holds entry ${added.index} of term ${added.term}, which no leader of that term has written.`;
      history = breaks(history, 'leaderOwnsItsTerm', entry, because);
    }
    return history;
  }
  if (known.previousTerm !== previousTerm || !isSame(known.entry, added)) {
    const because = `Entry ${added.index} of term ${added.term} at ${self.replace('-', ' ')} is not what it is elsewhere, or follows another entry there.`;
    history = breaks(history, 'logMatching', entry, because);
  }
  return history;
}

/** Entries are shared by reference as they travel; only what was written down and read again has to be compared. */
export function isSame(a: Entry, b: Entry): boolean {
  return a === b || (a.term === b.term && JSON.stringify(a) === JSON.stringify(b));
}

/** At most one change of the membership under way, and none before the leader has committed in its term (DISS 4.1; Ongaro 2015). */
export function checkChange(before: RaftHistory, look: Look): RaftHistory {
  const { self, server, entry } = look;
  const { configurationIndex, leadership, commitIndex, disk } = server;
  const old = look.before;
  if (leadership === undefined || old === undefined || configurationIndex <= old.configurationIndex) return before;
  if (entryAt(disk.log, configurationIndex)?.term !== disk.currentTerm) return before;
  if (old.configurationIndex > commitIndex && entryAt(disk.log, old.configurationIndex) !== undefined) {
    const because = `${sentence(self)} has begun a change at entry ${configurationIndex} while the one at ${old.configurationIndex} is not committed.`;
    return breaks(before, 'oneChangeAtATime', entry, because);
  }
  if (commitIndex < leadership.firstIndexOfTerm) {
    const because = `${sentence(self)} has begun a change of the servers before it committed anything in term ${disk.currentTerm}.`;
    return breaks(before, 'oneChangeAtATime', entry, because);
  }
  return before;
}
