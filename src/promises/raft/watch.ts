import type { TraceEntry, WorldView } from '../../kernel/types.ts';
import type { RaftDisk, RaftMessage, Server } from '../../protocols/raft/index.ts';
import { checkBooted, checkMatch, checkSent, forgetMatches } from './answers.ts';
import { checkCommit } from './commitment.ts';
import { checkElected } from './elections.ts';
import { breaks, type Look, type RaftHistory, type Seen, sentence } from './history.ts';
import { checkReturned } from './jobs.ts';
import { checkChange, checkLog, firstDifference } from './logs.ts';

/** The kinds of entry after which a server may have changed, or has said something. */
export const HEARD: readonly string[] = [
  'started',
  'restarted',
  'messageSent',
  'messageDelivered',
  'timerFired',
  'diskSyncHeard',
  'commanded',
  'stateEntered',
  'crashed',
  'operationReturned',
];

/** One event, looked at for all promises of the cluster at once. */
export function watchRaft(history: RaftHistory, entry: TraceEntry, view: WorldView): RaftHistory {
  const self = entry.address;
  if (entry.kind === 'operationReturned') return checkReturned(history, entry);
  if (!self.startsWith('server-')) return history;
  switch (entry.kind) {
    case 'messageSent':
      return checkSent(history, entry, view);
    case 'stateEntered':
      return checkRole(history, entry);
    case 'crashed':
      return forgetLeadership(history, self);
    default:
      return look(history, entry, view);
  }
}

function look(before: RaftHistory, entry: TraceEntry, view: WorldView): RaftHistory {
  const self = entry.address;
  const server = view.process(self)?.data as Server | undefined;
  if (server === undefined) return before;
  const { leadership, disk, commitIndex } = server;
  let history = before;
  const isBoot = entry.kind === 'started' || entry.kind === 'restarted';
  const last = before.seen.get(self);
  const seen = isBoot ? undefined : last;
  const agreedIndex = agreedWith(last, disk.log);
  const comparedIndex = Math.min(last?.comparedIndex ?? 0, agreedIndex);
  const looking: Look = { entry, view, self, server, before: seen, agreedIndex, comparedIndex };
  if (leadership !== undefined && entry.kind === 'messageDelivered') {
    const { kind } = entry.data.message as RaftMessage;
    if (kind === 'appendEntriesReply' || kind === 'installSnapshotReply') {
      history = checkMatch(history, looking, entry.data.from as string);
    }
  }
  const ledTerm = leadership === undefined ? 0 : disk.currentTerm;
  if (seen !== undefined && seen.disk === disk && seen.commitIndex === commitIndex && seen.ledTerm === ledTerm) {
    return history;
  }
  if (isBoot) history = checkBooted(history, looking);
  if (seen !== undefined && disk.currentTerm < seen.disk.currentTerm) {
    const because = `${sentence(self)} has gone back from term ${seen.disk.currentTerm} to ${disk.currentTerm}.`;
    history = breaks(history, 'termsNeverFall', entry, because);
  }
  // The election first: the leader's own first entry belongs to the term that it has won.
  if (ledTerm > 0 && ledTerm !== seen?.ledTerm) history = checkElected(history, looking);
  if (seen === undefined || seen.disk.log !== disk.log) {
    history = forgetMatches(checkChange(checkLog(history, looking), looking), looking);
  }
  if (seen === undefined || seen.commitIndex !== commitIndex) history = checkCommit(history, looking);
  const compared = Math.max(comparedIndex, commitIndex);
  return { ...history, seen: history.seen.set(self, seenOf(server, ledTerm, compared)) };
}

/** Up to where a log is the one that was seen last. */
function agreedWith(last: Seen | undefined, log: RaftDisk['log']): number {
  if (last === undefined) return 0;
  return last.disk.log === log ? log.lastIndex : firstDifference(last.disk.log, log) - 1;
}

function seenOf(server: Server, ledTerm: number, comparedIndex: number): Seen {
  const { disk, commitIndex, lastApplied, configuration, configurationIndex } = server;
  return { disk, commitIndex, lastApplied, ledTerm, configuration, configurationIndex, comparedIndex };
}

function forgetLeadership(history: RaftHistory, self: string): RaftHistory {
  const seen = history.seen.get(self);
  if (seen === undefined || seen.ledTerm === 0) return history;
  return { ...history, seen: history.seen.set(self, { ...seen, ledTerm: 0 }) };
}

/** From which role one may come to which (DISS Figure 3.3, with the question before the election of 9.6). */
const FROM: { readonly [role: string]: readonly string[] } = {
  follower: ['', 'off', 'preCandidate', 'candidate', 'leader'],
  preCandidate: ['follower', 'candidate'],
  candidate: ['follower', 'preCandidate'],
  leader: ['candidate'],
};

function checkRole(history: RaftHistory, entry: TraceEntry): RaftHistory {
  const to = entry.data.state as string;
  const from = entry.data.from as string;
  if (FROM[to]?.includes(from) === true) return history;
  return breaks(
    history,
    'rolesFollowTheRules',
    entry,
    `${sentence(entry.address)} has become ${to} straight from ${from}.`,
  );
}
