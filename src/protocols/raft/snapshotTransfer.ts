import type { Address, Env } from '../../kernel/types.ts';
import { compact, logAfter, matches } from './log.ts';
import { hearLeader } from './replication.ts';
import { fromRows, toRows } from './stateMachine.ts';
import { note, type Out, type Step, send, withDisk } from './step.ts';
import type { MessageOf, Progress, RaftMessage, Server, Snapshot, SnapshotRow } from './types.ts';

/** The rows of chunk `chunk` of `chunks`, as even as can be; the last ones may be empty. */
export function chunkOf(rows: readonly SnapshotRow[], chunk: number, chunks: number): readonly SnapshotRow[] {
  const size = Math.ceil(rows.length / chunks);
  return rows.slice(chunk * size, (chunk + 1) * size);
}

/** The next chunk for a follower that needs what the log no longer has (DISS 5, Figure 5.3). */
export function snapshotMessage(server: Server, snapshot: Snapshot, chunk: number, env: Env): RaftMessage {
  const chunks = env.parameters.snapshotChunks as number;
  return {
    kind: 'installSnapshot',
    term: server.disk.currentTerm,
    lastIndex: snapshot.lastIndex,
    lastTerm: snapshot.lastTerm,
    configuration: snapshot.configuration,
    chunk,
    chunks,
    rows: chunkOf(toRows(snapshot.machine), chunk, chunks),
    round: server.leadership!.round,
    sentMicros: env.nowMicros,
  };
}

/** The follower has taken chunks: the next one is due, or the snapshot is installed and the log goes on behind it. */
export function snapshotTaken(progress: Progress, chunksTaken: number, chunks: number): Progress {
  const { snapshotSent } = progress;
  if (snapshotSent === undefined) return progress;
  if (chunksTaken < chunks) return { ...progress, snapshotOffset: chunksTaken };
  const matchIndex = Math.max(progress.matchIndex, snapshotSent.lastIndex);
  // Probing sends at once, also where no new entry comes: else a follower could wait for ever (etcd raft, PR 10308).
  return {
    ...progress,
    mode: 'probing',
    matchIndex,
    nextIndex: matchIndex + 1,
    inFlight: [],
    snapshotSent: undefined,
    snapshotOffset: 0,
  };
}

/** InstallSnapshot, the follower's side (DISS Figure 5.3). Chunks come in order; any other is asked for again. */
export const receiveInstallSnapshot: Step<MessageOf<'installSnapshot'>> = (before, message, env, out) => {
  const { lastIndex, lastTerm, chunk, chunks, rows, round, sentMicros } = message;
  const reply = (server: Server, chunksTaken: number): void => {
    const { currentTerm } = server.disk;
    out.durably.push(
      send(message.from, {
        kind: 'installSnapshotReply',
        term: currentTerm,
        lastIndex,
        chunksTaken,
        round,
        sentMicros,
      }),
    );
  };
  if (message.term < before.disk.currentTerm && env.parameters.refusesStaleTerm === true) {
    reply(before, 0);
    return before;
  }
  const server = hearLeader(before, message.from, message.term, env, out);
  if (lastIndex <= server.commitIndex) {
    // All that it would bring is here already.
    reply(server, chunks);
    return { ...server, incoming: undefined };
  }
  const { incoming } = server;
  const isSame = incoming?.from === message.from && incoming.term === message.term && incoming.lastIndex === lastIndex;
  const taken = isSame ? incoming.chunksTaken : 0;
  if (chunk !== taken) {
    reply(server, taken);
    return server;
  }
  const all = [...(isSame ? incoming.rows : []), ...rows];
  if (chunk + 1 < chunks) {
    reply(server, chunk + 1);
    const { from, term } = message;
    return { ...server, incoming: { from, term, lastIndex, lastTerm, rows: all, chunksTaken: chunk + 1 } };
  }
  reply(server, chunks);
  const snapshot: Snapshot = { lastIndex, lastTerm, configuration: message.configuration, machine: fromRows(all) };
  return install({ ...server, incoming: undefined }, snapshot, message.from, out);
};

/**
 * The snapshot takes the place of the log up to its end, in one write with it (DISS 5.3). What the log holds beyond that
 * is kept where the log agrees with the snapshot, and discarded where it does not.
 */
function install(server: Server, snapshot: Snapshot, from: Address, out: Out): Server {
  const { log } = server.disk;
  const { lastIndex, lastTerm, machine, configuration } = snapshot;
  const keepsRest = matches(log, lastIndex, lastTerm);
  note(out, { kind: 'snapshotInstalled', lastIndex, from });
  if (!keepsRest && log.lastIndex > lastIndex) {
    note(out, { kind: 'entriesDiscarded', from: lastIndex + 1, to: log.lastIndex });
  }
  const installed = withDisk(server, {
    snapshot,
    log: keepsRest ? compact(log, lastIndex) : logAfter(lastIndex, lastTerm),
  });
  const members =
    keepsRest && server.configurationIndex > lastIndex ? {} : { configuration, configurationIndex: lastIndex };
  return { ...installed, ...members, commitIndex: lastIndex, lastApplied: lastIndex, machine };
}
