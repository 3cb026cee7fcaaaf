import type { Address, Micros } from '../../kernel/types.ts';
import type { Log } from './log.ts';
import type { Configuration } from './membership.ts';
import type { ClientCommand, Operation, Result } from './operations.ts';
import type { Sessions, SessionUse } from './sessions.ts';
import type { StateMachine } from './stateMachine.ts';

/*
 * The vocabulary of Raft as Ongaro's dissertation has it ("Consensus: Bridging Theory and Practice", 2014; cited as
 * DISS with its section). Names of fields are those of its Figure 3.1, written out.
 */

/** A counter of attempts to lead. Every message carries its sender's; a lower one is recognised as stale (DISS 3.3). */
export type Term = number;

/** The place of an entry in the log. The first entry has index 1; 0 stands before all. */
export type LogIndex = number;

/** One line of the log. Entries are never changed, so two logs may share them. */
export type Entry = { readonly index: LogIndex; readonly term: Term } & (
  | { readonly kind: 'noOp' }
  | { readonly kind: 'configuration'; readonly configuration: Configuration }
  | { readonly kind: 'command'; readonly command: ClientCommand }
);

/** What a snapshot of the state machine stands for: the log up to `lastIndex` (DISS 5). */
export type Snapshot = {
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  /** The latest configuration as of `lastIndex`. */
  readonly configuration: Configuration;
  /** The work queue, the key-value store and the clients' sessions (DISS 5.1: sessions too). */
  readonly machine: StateMachine;
};

/** All that a server keeps through a crash (DISS 3.8). What is in here must be durable before it is answered upon. */
export type RaftDisk = {
  readonly currentTerm: Term;
  /** The candidate that got this server's vote in `currentTerm`. */
  readonly votedFor: Address | undefined;
  /** The entries after the snapshot. */
  readonly log: Log;
  readonly snapshot: Snapshot | undefined;
};

/** How the leader sends to one follower. `probing`: one message at a time, until it is known where the logs agree. */
export type ProgressMode = 'probing' | 'replicating' | 'sendingSnapshot';

/** What the leader knows of one follower (`nextIndex`, `matchIndex` of DISS Figure 3.1, and the window of 10.2). */
export type Progress = {
  readonly nextIndex: LogIndex;
  readonly matchIndex: LogIndex;
  readonly mode: ProgressMode;
  /** Appends with entries that are on their way and not yet answered, as the index of their last entry. */
  readonly inFlight: readonly LogIndex[];
  /** Chunks of the snapshot that the follower has taken. Only while `sendingSnapshot`. */
  readonly snapshotOffset: number;
  /** The snapshot that is being sent; a newer one does not replace it half-way. */
  readonly snapshotSent: Snapshot | undefined;
  /** The round of the last message of this leader that it has answered: contact, whatever the answer was. */
  readonly heardRound: number;
  /** When (leader's clock) the leader sent the newest message that it has answered. −∞ before the first. */
  readonly heardSentMicros: Micros;
  /** It answered since the last check of the quorum (DISS 6.2). */
  readonly isActive: boolean;
};

/** A client that waits at this leader until `index` is applied. `term` tells the entry from another at its place. */
export type Waiting = {
  readonly index: LogIndex;
  readonly term: Term;
  readonly client: Address;
  readonly number: number;
  /** What the leader alone has to remember, with the rule `replicatesSessions` broken. */
  readonly ownUse: SessionUse | undefined;
};

/** A read that waits for the leadership to be confirmed and for its index to be applied (DISS 6.4). */
export type PendingRead = {
  readonly client: Address;
  readonly number: number;
  readonly operation: Operation;
  /** Undefined until the leader has committed an entry of its own term. */
  readonly readIndex: LogIndex | undefined;
  /** A quorum must answer a message of this round or a later one. */
  readonly round: number;
};

/** A transfer of the leadership under way (DISS 3.10). */
export type Transfer = { readonly to: Address; readonly isTold: boolean };

/** A server that is brought up to date before it may vote (DISS 4.2.1). */
export type CatchUp = {
  readonly server: Address;
  readonly round: number;
  readonly targetIndex: LogIndex;
  readonly roundStartedMicros: Micros;
};

/** What only a leader has, made anew at each election. */
export type Leadership = {
  readonly progress: ReadonlyMap<Address, Progress>;
  /** Number of the last round of messages to all; it rises with each heartbeat and each read that needs one. */
  readonly round: number;
  /** Everything up to here of the own log is on the own disk. */
  readonly durableIndex: LogIndex;
  readonly waiting: readonly Waiting[];
  readonly reads: readonly PendingRead[];
  readonly transfer: Transfer | undefined;
  readonly catchUp: CatchUp | undefined;
  /** Index of the entry with which the term began. Nothing before it may be committed by counting (DISS 3.6.2). */
  readonly firstIndexOfTerm: LogIndex;
  /** Dedup table that lives in the leader alone; used only with the rule `replicatesSessions` broken. */
  readonly ownSessions: Sessions;
  /** Why it must bow out, once it has found out by itself: the machine leaves the state `leader` at once. */
  readonly stepsDown: 'quorumLost' | 'removed' | undefined;
};

/** The votes of one election, or of the question before it (pre-vote, DISS 9.6). */
export type Candidacy = {
  readonly term: Term;
  readonly granted: readonly Address[];
  readonly refused: readonly Address[];
  /** The old leader asked for it: voters need not wait for its silence (DISS 3.10). */
  readonly isTransfer: boolean;
};

/** A snapshot that is being received, chunk by chunk. */
export type IncomingSnapshot = {
  readonly from: Address;
  readonly term: Term;
  readonly lastIndex: LogIndex;
  readonly lastTerm: Term;
  readonly rows: readonly SnapshotRow[];
  readonly chunksTaken: number;
};

/** One line of a snapshot as it travels: plain data. */
export type SnapshotRow = readonly (string | number | boolean | null)[];

/** A write that is on its way to the disk: where the log ended when it was asked for. */
export type WriteMark = { readonly lastIndex: LogIndex; readonly lastTerm: Term };

/** All that a server knows. Its role is the state of its machine: `follower`, `preCandidate`, `candidate`, `leader`. */
export type Server = {
  readonly disk: RaftDisk;
  /** The log up to here is known to be committed; it starts at the snapshot after a restart (DISS 3.8). */
  readonly commitIndex: LogIndex;
  readonly lastApplied: LogIndex;
  readonly machine: StateMachine;
  /** The latest configuration in the log, committed or not (DISS 4.1), and where it stands. */
  readonly configuration: Configuration;
  readonly configurationIndex: LogIndex;
  /** Who leads the current term, as far as this server knows. */
  readonly leaderId: Address | undefined;
  /** Own clock when the current leader was last heard; −∞ where none was. */
  readonly leaderHeardMicros: Micros;
  /** Writes under way, oldest first. */
  readonly writes: readonly WriteMark[];
  readonly candidacy: Candidacy | undefined;
  readonly leadership: Leadership | undefined;
  readonly incoming: IncomingSnapshot | undefined;
  /** The last term in which this server led since it booted; 0 where it never did. */
  readonly lastLedTerm: Term;
};

/** What servers and clients say to one another. Every message between servers carries the sender's term. */
export type RaftMessage =
  | {
      /** Asks whether a real election could be won (DISS 9.6). `term` is the one that it would have. */
      readonly kind: 'preVote' | 'requestVote';
      readonly term: Term;
      readonly lastLogIndex: LogIndex;
      readonly lastLogTerm: Term;
      readonly isTransfer: boolean;
    }
  | {
      /** `term`: the voter's. `forTerm`: the one that was asked about. */
      readonly kind: 'preVoteReply' | 'requestVoteReply';
      readonly term: Term;
      readonly forTerm: Term;
      readonly granted: boolean;
    }
  | {
      readonly kind: 'appendEntries';
      readonly term: Term;
      readonly prevLogIndex: LogIndex;
      readonly prevLogTerm: Term;
      /** Empty in a heartbeat. */
      readonly entries: readonly Entry[];
      readonly leaderCommit: LogIndex;
      /** Comes back in the answer: which round it confirms, and when (leader's clock) it was sent. */
      readonly round: number;
      readonly sentMicros: Micros;
    }
  | {
      readonly kind: 'appendEntriesReply';
      readonly term: Term;
      readonly success: boolean;
      /** On success, up to where the follower's log is known to agree with the leader's. */
      readonly matchIndex: LogIndex;
      /** On refusal, the `prevLogIndex` that was refused, so that a late refusal is recognised. */
      readonly refusedIndex: LogIndex;
      /** On refusal, the last place where the logs may agree: an index of the follower's and its term there. */
      readonly hintIndex: LogIndex;
      readonly hintTerm: Term;
      readonly round: number;
      readonly sentMicros: Micros;
    }
  | {
      readonly kind: 'installSnapshot';
      readonly term: Term;
      readonly lastIndex: LogIndex;
      readonly lastTerm: Term;
      readonly configuration: Configuration;
      /** Number of this chunk from 0, and how many there are. */
      readonly chunk: number;
      readonly chunks: number;
      readonly rows: readonly SnapshotRow[];
      readonly round: number;
      readonly sentMicros: Micros;
    }
  | {
      readonly kind: 'installSnapshotReply';
      readonly term: Term;
      readonly lastIndex: LogIndex;
      /** Chunks that the follower has; as many as there are once it has installed the snapshot. */
      readonly chunksTaken: number;
      readonly round: number;
      readonly sentMicros: Micros;
    }
  | { readonly kind: 'timeoutNow'; readonly term: Term }
  | ClientRequest
  | ClientReply;

/** A message of a kind, as it arrives. */
export type MessageOf<K extends RaftMessage['kind']> = OfKind<RaftMessage, K> & { readonly from: Address };

type OfKind<M, K> = M extends { readonly kind: infer Kinds } ? (K extends Kinds ? M : never) : never;

/** From a client to the server that it takes for the leader. */
export type ClientRequest = {
  readonly kind: 'request';
  /** The client's own number for this operation; a repetition carries the same. */
  readonly number: number;
  /** The session, in exactly-once delivery. */
  readonly session: number | undefined;
  /** All below have been answered and may be forgotten by the session (DISS 6.3). */
  readonly firstOpenNumber: number;
  readonly operation: Operation;
};

/**
 * From a server to a client. `ok`: it took effect (or was read). `refused`: not the leader, nothing happened, `leader`
 * may say who is. `unknown`: the leadership was lost while it waited; it may still take effect or not.
 * `sessionExpired`: the session is not known, nothing happened.
 */
export type ClientReply = {
  readonly kind: 'reply';
  readonly number: number;
  readonly status: 'ok' | 'refused' | 'unknown' | 'sessionExpired';
  readonly leader: Address | undefined;
  readonly result: Result | undefined;
};
