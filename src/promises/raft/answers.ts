import type { TraceEntry, WorldView } from '../../kernel/types.ts';
import { matches, peersOf, type RaftDisk, type RaftMessage, type Server, termAt } from '../../protocols/raft/index.ts';
import { type Acknowledged, breaks, type Look, type RaftHistory, sentence } from './history.ts';

const NOTHING: Acknowledged = { term: 0, vote: undefined, index: 0, indexTerm: 0 };

/** A server has said something to another: what it says must be true of its term, its votes and its disk. */
export function checkSent(before: RaftHistory, entry: TraceEntry, view: WorldView): RaftHistory {
  const self = entry.address;
  const message = entry.data.message as RaftMessage;
  switch (message.kind) {
    case 'requestVote':
      return checkVote(checkOwnTerm(before, entry, view, message.term), entry, view, message.term, self);
    case 'requestVoteReply': {
      const history = checkOwnTerm(before, entry, view, message.term);
      return message.granted ? checkVote(history, entry, view, message.forTerm, entry.data.to as string) : history;
    }
    case 'appendEntriesReply':
      if (!message.success) return before;
      return checkWritten(before, entry, view, message.term, message.matchIndex);
    case 'appendEntries':
    case 'installSnapshot':
    case 'timeoutNow':
      return checkOwnTerm(before, entry, view, message.term);
    default:
      return before;
  }
}

function checkOwnTerm(history: RaftHistory, entry: TraceEntry, view: WorldView, term: number): RaftHistory {
  const server = view.process(entry.address)?.data as Server | undefined;
  if (server === undefined || term <= server.disk.currentTerm) return history;
  const because = `${sentence(entry.address)} speaks in term ${term} and is in term ${server.disk.currentTerm}.`;
  return breaks(history, 'messagesCarryOwnTerm', entry, because);
}

/** One vote in a term, also after a crash (DISS Figure 3.1: RequestVote, rule 2), and it is on the disk. */
function checkVote(
  before: RaftHistory,
  entry: TraceEntry,
  view: WorldView,
  term: number,
  candidate: string,
): RaftHistory {
  const self = entry.address;
  const key = `${self}@${term}`;
  const known = before.votes.get(key);
  let history = before;
  if (known === undefined) history = { ...history, votes: history.votes.set(key, candidate) };
  else if (known !== candidate) {
    const because = `${sentence(self)} has voted twice in term ${term}: for ${known.replace('-', ' ')} and for ${candidate.replace('-', ' ')}.`;
    history = breaks(history, 'oneVotePerTerm', entry, because);
  }
  const disk = view.process(self)?.disk as RaftDisk | undefined;
  const isWritten =
    disk !== undefined && (disk.currentTerm > term || (disk.currentTerm === term && disk.votedFor === candidate));
  if (!isWritten) {
    const because = `${sentence(self)} has given its vote in term ${term} before its disk had it.`;
    history = breaks(history, 'diskReturnsWhatWasAcknowledged', entry, because);
  }
  const old = history.acknowledged.get(self) ?? NOTHING;
  if (old.term > term || (old.term === term && old.vote === candidate)) return history;
  return { ...history, acknowledged: history.acknowledged.set(self, { ...old, term, vote: candidate }) };
}

/** A follower says up to where it has the leader's log: so far it is on its disk. */
function checkWritten(
  before: RaftHistory,
  entry: TraceEntry,
  view: WorldView,
  term: number,
  index: number,
): RaftHistory {
  const self = entry.address;
  const process = view.process(self);
  const disk = process?.disk as RaftDisk | undefined;
  const server = process?.data as Server | undefined;
  if (server === undefined) return before;
  const own = termAt(server.disk.log, index);
  const old = before.acknowledged.get(self) ?? NOTHING;
  // Overwritten since it was said: the answer has only left later than the overwriting.
  if (own === undefined || (old.term >= term && old.index >= index)) return before;
  const written = disk === undefined ? undefined : termAt(disk.log, index);
  // Here too, by an entry at the same place: what was acknowledged is on the disk, and the new one is on its way there.
  if (server.disk.currentTerm > term && written !== undefined && written !== own && written <= term) return before;
  let history = before;
  const isWritten =
    index === 0 ||
    (disk !== undefined &&
      disk.currentTerm >= term &&
      (index <= disk.log.snapshotIndex || matches(disk.log, index, own)));
  if (!isWritten) {
    const because = `${sentence(self)} has acknowledged entry ${index} before its disk had it.`;
    history = breaks(history, 'diskReturnsWhatWasAcknowledged', entry, because);
  }
  const isLonger = index > old.index;
  const next: Acknowledged = {
    term: Math.max(old.term, term),
    vote: term > old.term ? undefined : old.vote,
    index: isLonger ? index : old.index,
    indexTerm: isLonger ? own : old.indexTerm,
  };
  return { ...history, acknowledged: history.acknowledged.set(self, next) };
}

/** A server has started again: it knows all that it had acknowledged (DISS 3.8). */
export function checkBooted(before: RaftHistory, look: Look): RaftHistory {
  const { self, server, entry } = look;
  const said = before.acknowledged.get(self);
  if (said === undefined) return before;
  const { currentTerm, votedFor, log } = server.disk;
  let lost: string | undefined;
  if (currentTerm < said.term) lost = `that it was in term ${said.term}`;
  else if (currentTerm === said.term && said.vote !== undefined && votedFor !== said.vote) {
    lost = `its vote for ${said.vote.replace('-', ' ')} in term ${said.term}`;
  } else if (said.index > log.snapshotIndex && !matches(log, said.index, said.indexTerm)) {
    lost = `entry ${said.index}, which it had acknowledged`;
  }
  if (lost === undefined) return before;
  return breaks(
    before,
    'diskReturnsWhatWasAcknowledged',
    entry,
    `${sentence(self)} has come back and has forgotten ${lost}.`,
  );
}

/** Who has left the cluster and comes back is a stranger to the leader: what it knows of them begins anew. */
export function forgetMatches(before: RaftHistory, { self, server, before: seen }: Look): RaftHistory {
  const { leadership, configurationIndex } = server;
  if (leadership === undefined || seen === undefined || seen.configurationIndex === configurationIndex) return before;
  let { matched } = before;
  for (const peer of peersOf(seen.configuration, self)) {
    if (!leadership.progress.has(peer)) matched = matched.delete(`${self}>${peer}`);
  }
  return { ...before, matched };
}

/** What the leader believes of a follower (I18, I23): it has the leader's log up to `matchIndex`, which never falls. */
export function checkMatch(before: RaftHistory, look: Look, follower: string): RaftHistory {
  const { self, server, entry, view } = look;
  const progress = server.leadership!.progress.get(follower);
  if (progress === undefined) return before;
  const { matchIndex, nextIndex } = progress;
  const { currentTerm, log } = server.disk;
  const key = `${self}>${follower}`;
  const old = before.matched.get(key);
  let history = before;
  const hasFallen = old !== undefined && old.term === currentTerm && matchIndex < old.index;
  if (hasFallen || nextIndex <= matchIndex) {
    const because = `What ${self.replace('-', ' ')} believes that ${follower.replace('-', ' ')} has is ${matchIndex}, next ${nextIndex}${old === undefined ? '' : `; it was ${old.index}`}.`;
    history = breaks(history, 'matchIndexNeverFalls', entry, because);
  }
  if (old?.term !== currentTerm || old.index !== matchIndex) {
    history = { ...history, matched: history.matched.set(key, { term: currentTerm, index: matchIndex }) };
  }
  const process = view.process(follower);
  const theirs = (process?.status === 'crashed' ? process.disk : (process?.data as Server | undefined)?.disk) as
    | RaftDisk
    | undefined;
  const term = termAt(log, matchIndex);
  if (theirs === undefined || theirs.currentTerm !== currentTerm || term === undefined) return history;
  if (matchIndex <= theirs.log.snapshotIndex || matches(theirs.log, matchIndex, term)) return history;
  const because = `${sentence(self)} believes that ${follower.replace('-', ' ')} has its log up to ${matchIndex}, and it has not.`;
  return breaks(history, 'matchIndexIsTrue', entry, because);
}
