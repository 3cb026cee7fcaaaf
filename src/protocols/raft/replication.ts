import type { Address, Env } from '../../kernel/types.ts';
import { commitUpTo } from './applying.ts';
import { entriesFrom, lastIndexOfTermAtMost, matches, merge, termAt } from './log.ts';
import { configurationIn, initialConfiguration } from './membership.ts';
import { adoptTerm, note, type Out, restartElectionTimer, type Step, send, withDisk } from './step.ts';
import type { Leadership, MessageOf, Progress, RaftMessage, Server } from './types.ts';

// ————— the follower —————

/** Hears a leader: its term, who it is, and the election timer starts anew (DISS 3.4). */
export function hearLeader(before: Server, from: Address, term: number, env: Env, out: Out): Server {
  restartElectionTimer(env, out);
  return { ...adoptTerm(before, term), leaderId: from, leaderHeardMicros: env.nowMicros };
}

/** AppendEntries, the follower's side (DISS Figure 3.1: AppendEntries, rules 1 to 5). */
export const receiveAppendEntries: Step<MessageOf<'appendEntries'>> = (before, append, env, out) => {
  const { round, sentMicros, prevLogIndex, prevLogTerm, entries } = append;
  const { currentTerm } = before.disk;
  if (append.term < currentTerm && env.parameters.refusesStaleTerm === true) {
    out.durably.push(send(append.from, refusal(before, append, currentTerm)));
    return before;
  }
  const server = hearLeader(before, append.from, append.term, env, out);
  const { log } = server.disk;
  const term = server.disk.currentTerm;
  // What the snapshot stands for is committed, so the leader has it too (Leader Completeness).
  const isSwallowed = prevLogIndex < log.snapshotIndex;
  if (!isSwallowed && !matches(log, prevLogIndex, prevLogTerm)) {
    out.durably.push(send(append.from, refusal(server, append, term)));
    return server;
  }
  const lastNewIndex = prevLogIndex + entries.length;
  const success = {
    kind: 'appendEntriesReply' as const,
    term,
    success: true,
    // Not the length of the log: what lies beyond the new entries may differ from the leader's (rule 5).
    matchIndex: Math.max(lastNewIndex, log.snapshotIndex),
    refusedIndex: 0,
    hintIndex: 0,
    hintTerm: 0,
    round,
    sentMicros,
  };
  out.durably.push(send(append.from, success));
  const written = entries.length === 0 ? server : takeEntries(server, entries, env, out);
  return commitUpTo(written, Math.min(append.leaderCommit, lastNewIndex), env, out);
};

function takeEntries(server: Server, entries: MessageOf<'appendEntries'>['entries'], env: Env, out: Out): Server {
  const { log, snapshot } = server.disk;
  const merged = merge(log, entries);
  if (merged.log === log) return server;
  const { discardedFrom } = merged;
  if (discardedFrom !== undefined) note(out, { kind: 'entriesDiscarded', from: discardedFrom, to: log.lastIndex });
  const written = withDisk(server, { log: merged.log });
  const concernsMembers =
    entries.some((entry) => entry.kind === 'configuration') ||
    (discardedFrom !== undefined && discardedFrom <= server.configurationIndex);
  if (!concernsMembers) return written;
  const initial = initialConfiguration(env.address, env.parameters);
  return { ...written, ...configurationIn(merged.log, snapshot, initial) };
}

/**
 * A refusal says where the logs may still agree: the last own entry, at or before the place in question, whose term is
 * not newer than the leader's there. So the leader skips a whole term at a time (DISS 3.5, the optimisation).
 */
function refusal(server: Server, append: MessageOf<'appendEntries'>, term: number): RaftMessage {
  const { log } = server.disk;
  const hintIndex = lastIndexOfTermAtMost(log, append.prevLogIndex, append.prevLogTerm);
  return {
    kind: 'appendEntriesReply',
    term,
    success: false,
    matchIndex: 0,
    refusedIndex: append.prevLogIndex,
    hintIndex,
    hintTerm: termAt(log, hintIndex)!,
    round: append.round,
    sentMicros: append.sentMicros,
  };
}

// ————— the leader —————

/** What the leader assumes of a server that it has not heard yet (DISS Figure 3.1: volatile state on leaders). */
export function newProgress(lastIndex: number): Progress {
  return {
    nextIndex: lastIndex + 1,
    matchIndex: 0,
    mode: 'probing',
    inFlight: NONE,
    snapshotOffset: 0,
    snapshotSent: undefined,
    heardRound: 0,
    heardSentMicros: Number.NEGATIVE_INFINITY,
    isActive: false,
  };
}

const NONE: readonly number[] = [];

export function withProgress(leadership: Leadership, peer: Address, progress: Progress): Leadership {
  return { ...leadership, progress: new Map(leadership.progress).set(peer, progress) };
}

/** One AppendEntries from `nextIndex` on, with at most `most` entries. */
export function appendMessage(server: Server, progress: Progress, most: number, env: Env): RaftMessage {
  const { log, currentTerm } = server.disk;
  const prevLogIndex = progress.nextIndex - 1;
  return {
    kind: 'appendEntries',
    term: currentTerm,
    prevLogIndex,
    prevLogTerm: termAt(log, prevLogIndex)!,
    entries: most === 0 ? [] : entriesFrom(log, progress.nextIndex, most),
    leaderCommit: server.commitIndex,
    round: server.leadership!.round,
    sentMicros: env.nowMicros,
  };
}

/** What the leader knows of a follower after any answer of it: contact, whatever it says. */
export function heardFrom(
  progress: Progress,
  reply: { readonly round: number; readonly sentMicros: number },
): Progress {
  return {
    ...progress,
    heardRound: Math.max(progress.heardRound, reply.round),
    heardSentMicros: Math.max(progress.heardSentMicros, reply.sentMicros),
    isActive: true,
  };
}

/** A follower holds the leader's log up to `matchIndex`. It never falls (DISS Figure 3.1). */
export function acknowledged(progress: Progress, matchIndex: number): Progress {
  const match = Math.max(progress.matchIndex, matchIndex);
  const { inFlight } = progress;
  // The way to a snapshot ends when the follower is beyond it.
  const nextIndex = Math.max(progress.nextIndex, match + 1);
  const isSnapshotDone = progress.snapshotSent === undefined || match >= progress.snapshotSent.lastIndex;
  if (!isSnapshotDone) return { ...progress, matchIndex: match, nextIndex };
  return {
    ...progress,
    matchIndex: match,
    nextIndex,
    mode: 'replicating',
    inFlight: inFlight.length === 0 || inFlight[0]! > match ? inFlight : inFlight.filter((last) => last > match),
    snapshotSent: undefined,
    snapshotOffset: 0,
  };
}

/**
 * A follower has refused: `nextIndex` goes back to where the logs may agree (DISS 3.5). Late refusals, of a place that
 * is known to agree or is not asked about any more, change nothing. Undefined: nothing changes.
 */
export function refused(
  server: Server,
  progress: Progress,
  reply: MessageOf<'appendEntriesReply'>,
): Progress | undefined {
  if (progress.mode === 'sendingSnapshot' || reply.refusedIndex <= progress.matchIndex) return undefined;
  if (progress.mode === 'probing' && reply.refusedIndex !== progress.nextIndex - 1) return undefined;
  const { log } = server.disk;
  const agreeing = lastIndexOfTermAtMost(log, Math.min(reply.hintIndex, reply.refusedIndex - 1), reply.hintTerm);
  return {
    ...progress,
    mode: 'probing',
    inFlight: NONE,
    // A hint from before a compaction may lie before all that is left: then the snapshot is what helps.
    nextIndex: Math.max(progress.matchIndex, Math.min(agreeing, reply.hintIndex)) + 1,
  };
}
