import type { Address, WorldView } from '../../kernel/types.ts';
import {
  type Configuration,
  type Entry,
  entryAt,
  isQuorum,
  matches,
  type RaftDisk,
  termAt,
} from '../../protocols/raft/index.ts';
import { checkHasCommitted } from './elections.ts';
import { breaks, type Committed, committedAt, type Look, type RaftHistory, sentence } from './history.ts';
import { checkBare, checkCardLost, checkDone } from './jobs.ts';
import { isSame } from './logs.ts';

/** A commit index has moved, or what is applied has. */
export function checkCommit(before: RaftHistory, look: Look): RaftHistory {
  const { self, server, entry } = look;
  const { commitIndex, lastApplied, disk } = server;
  const oldIndex = look.before?.commitIndex ?? 0;
  let history = before;
  if (look.before !== undefined && commitIndex < oldIndex) {
    history = breaks(
      history,
      'commitNeverFalls',
      entry,
      `The commit index of ${self.replace('-', ' ')} has fallen from ${oldIndex} to ${commitIndex}.`,
    );
  }
  if (commitIndex > disk.log.lastIndex || lastApplied > commitIndex) {
    history = breaks(
      history,
      'appliedInOrder',
      entry,
      `${sentence(self)} has applied ${lastApplied} and holds ${commitIndex} for committed, with a log that ends at ${disk.log.lastIndex}.`,
    );
  }
  if (commitIndex <= oldIndex) return history;
  if (hasLed(look)) history = checkLeaderCommits(history, look);
  for (let index = Math.max(oldIndex, look.comparedIndex) + 1; index <= commitIndex; index++) {
    const own = entryAt(disk.log, index) ?? compactedAway(look, index);
    if (own !== undefined) history = remember(history, look, own);
  }
  return checkDone(checkOtherLeaders(history, look), look);
}

/** Whether it was as the leader that it did this. A leader that was removed goes in the very event that commits that. */
function hasLed({ server, before }: Look): boolean {
  return before !== undefined && (server.leadership !== undefined || before.ledTerm === server.disk.currentTerm);
}

/** One event may commit an entry and compact it away. A leader's log had it before; what a follower's had may differ. */
function compactedAway(look: Look, index: number): Entry | undefined {
  return hasLed(look) ? entryAt(look.before!.disk.log, index) : undefined;
}

/** State-Machine Safety (paper Figure 3): at an index, nobody ever applies another entry. */
function remember(before: RaftHistory, look: Look, own: Entry): RaftHistory {
  const committed = committedAt(before, own.index);
  const { currentTerm } = look.server.disk;
  if (committed !== undefined) {
    if (isSame(committed.entry, own)) return before;
    const because = `${sentence(look.self)} has applied an entry of term ${own.term} at ${own.index}, where ${committed.by.replace('-', ' ')} applied one of term ${committed.entry.term}.`;
    return checkCardLost(breaks(before, 'stateMachineSafety', look.entry, because), look.entry, own.index);
  }
  if (own.index !== before.committed.endIndex + 1) return before;
  const fresh: Committed = { entry: own, commitTerm: currentTerm, by: look.self };
  return checkBare({ ...before, committed: before.committed.append(fresh) }, look, own);
}

/** A leader says that something is committed: it is of its own term (I14), and a quorum has it on disk (I8). */
function checkLeaderCommits(before: RaftHistory, look: Look): RaftHistory {
  const { self, server, entry, view } = look;
  const { commitIndex, disk } = server;
  const term = termAt(disk.log, commitIndex);
  if (term === undefined) return before;
  let history = before;
  if (term !== disk.currentTerm) {
    const because = `${sentence(self)} leads term ${disk.currentTerm} and has committed entry ${commitIndex} of term ${term} by counting copies.`;
    history = breaks(history, 'leaderCommitsOwnTermOnly', entry, because);
  }
  const old = look.before!;
  // A change that the same event has appended may have counted already, or not yet.
  const isAppendedNow = server.configurationIndex > commitIndex && server.configurationIndex !== old.configurationIndex;
  const isHeld = (configuration: Configuration) =>
    isQuorum(configuration, (voter) => holds(view, voter, commitIndex, term));
  if (!isHeld(server.configuration) && !(isAppendedNow && isHeld(old.configuration))) {
    const because = `${sentence(self)} holds entry ${commitIndex} for committed, and no majority has it on disk.`;
    history = breaks(history, 'committedIsOnAQuorum', entry, because);
  }
  return history;
}

function holds(view: WorldView, server: Address, index: number, term: number): boolean {
  const disk = view.process(server)?.disk as RaftDisk | undefined;
  return disk !== undefined && (index <= disk.log.snapshotIndex || matches(disk.log, index, term));
}

/** Whoever leads a later term at this moment must have what has just been committed (I7, the other way round). */
function checkOtherLeaders(before: RaftHistory, look: Look): RaftHistory {
  let history = before;
  for (const [address, seen] of before.seen) {
    if (seen.ledTerm <= look.server.disk.currentTerm || address === look.self) continue;
    if (look.view.process(address)?.status === 'crashed') continue;
    history = checkHasCommitted(history, look, seen.disk.log, seen.ledTerm, address);
  }
  return history;
}
