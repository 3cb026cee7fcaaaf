import type { Address, Micros } from '../../kernel/types.ts';

/*
 * The vocabulary of leader election with a lock service: leases, sessions, fencing tokens. Instants in a process's data
 * are by its own clock, which may be wrong. What must last exactly so long is a timer, not a difference of two readings:
 * a clock that jumps moves readings, not running timers.
 */

/** The number of a grant, which rises at every grant: a fencing token (Kleppmann 2016; Chubby's sequencer). */
export type Token = number;

/** A counter of changes of the lease's record, for compare-and-set (etcd's mod revision, Kubernetes' resourceVersion). */
export type Revision = number;

/** How leadership is decided. */
export type StrategyId = 'lease' | 'session' | 'lockDelay' | 'bully' | 'static' | 'heartbeat';

/** Who says that a lease is over: each stand-by by its own observation (Kubernetes), or the lock service by its clock. */
export type ExpiryJudge = 'standby' | 'service';

/** Why someone ceased to lead. */
export type EndOfLeadership = 'deadline' | 'lost' | 'released' | 'higherToken' | 'learned';

// ————— the coordinator —————

/** The role of a coordinator: the state of its machine follows it. */
export type Turn = 'standingBy' | 'campaigning' | 'leading' | 'steppedDown';

/** Something asked of the lock service whose answer would still count. */
export type OpenRequest = { readonly number: number; readonly what: string; readonly sentMicros: Micros };

/** What a stand-by last saw in the lock service (own observation, client-go's `observedRecord`). */
export type Observation = {
  readonly holder: Address | undefined;
  readonly token: Token;
  readonly revision: Revision;
  /** Own clock, when it first saw this revision. */
  readonly sinceMicros: Micros;
  /** It has not changed for a whole lease: this stand-by takes the lease for expired. */
  readonly isExpired: boolean;
};

/** What is known of the arrivals of one leader's heartbeats. */
export type Detector = {
  /** Whom it watches. */
  readonly watched: Address | undefined;
  /** Own clock; undefined before the first one. */
  readonly lastHeardMicros: Micros | undefined;
  /** The latest intervals between heartbeats, the newest last; at most 100. */
  readonly intervalsMicros: readonly Micros[];
  readonly isSuspected: boolean;
};

/** A job that is to be assigned in this round. */
export type Assignment = { readonly jobId: number; readonly worker: Address };

/** A round under way: the leader looked at its list, and writes at the end of the preparation. */
export type Round = {
  readonly assignments: readonly Assignment[];
  /** Token and revision that it held when it looked. */
  readonly token: Token;
  readonly revision: Revision;
  /** Own clock. */
  readonly lookedMicros: Micros;
  /** It asked whether it still leads and waits for the answer (`leaderChecksBeforeWrite`); the request's number. */
  readonly checking: number | undefined;
};

/** A write on its way to storage. */
export type OpenWrite = Assignment & { readonly sentMicros: Micros };

/** All that a coordinator knows. */
export type Coordinator = {
  /** Its role; equal to the state of its machine. */
  readonly turn: Turn;
  // What it believes of itself.
  /** It takes itself for the leader, and acts. */
  readonly isLeading: boolean;
  /** The token of the grant it holds, or held last; undefined where it never had one. */
  readonly token: Token | undefined;
  /** The revision with which that grant was made; it stays the same over renewals. */
  readonly grantRevision: Revision;
  /** Own clock: until when it acts without another renewal; undefined where nothing ends it. */
  readonly leaseEndMicros: Micros | undefined;
  /** Own clock: when it sent the last renewal that was answered. */
  readonly lastRenewedMicros: Micros | undefined;
  /** The token with which it last led since it booted; 0 where it never did. */
  readonly lastLedToken: Token;
  /** Why it ceased to lead the last time. */
  readonly lastEnd: EndOfLeadership | undefined;

  // What it believes of the others.
  /** Whom it takes for the leader. */
  readonly leader: Address | undefined;
  /** The highest token it has heard of; on its disk, for strategies that make their own. */
  readonly highestToken: Token;
  readonly observed: Observation | undefined;
  readonly detector: Detector;

  // Its talk with the lock service.
  readonly nextNumber: number;
  readonly requests: readonly OpenRequest[];
  /** The request whose answer the present lease rests upon. */
  readonly renewedBy: number | undefined;
  /** Its place in the line (strategy session). */
  readonly node: number | undefined;
  /** Its election was answered by someone higher (strategy bully). */
  readonly isAnswered: boolean;

  // Its work.
  /** Its own list of jobs that are not assigned yet: its view. */
  readonly jobs: readonly number[];
  readonly round: Round | undefined;
  readonly writing: readonly OpenWrite[];
  /** Jobs that it knows to be assigned, the newest last; at most 128. */
  readonly assignedLately: readonly number[];
  /** Number of the worker whose turn it is, from 0. */
  readonly nextWorker: number;
  readonly accepted: number;
  readonly refused: number;
};

/** What a coordinator's disk keeps. */
export type CoordinatorDisk = { readonly highestToken: Token };

// ————— the lock service —————

/** Who holds the lease. */
export type Grant = {
  readonly holder: Address;
  readonly token: Token;
  /** Lock service's clock: the last grant or renewal, and when it is over unless renewed. */
  readonly renewedMicros: Micros;
  readonly expiryMicros: Micros;
  /** The revision of the grant itself (etcd's create revision): the same over renewals. */
  readonly grantRevision: Revision;
};

/** A candidate in line: an ephemeral sequential node (ZooKeeper). */
export type SessionNode = { readonly number: number; readonly owner: Address };

/** A one-time watch: `by` is told when the node of this number is gone. */
export type Watch = { readonly by: Address; readonly of: number };

/** All that the lock service knows; its disk keeps the same. */
export type LockService = {
  readonly grant: Grant | undefined;
  /** Of the last change of the record. */
  readonly revision: Revision;
  /** The token of the last grant. */
  readonly lastToken: Token;
  /** Nobody gets the lock although it is free: the lock delay runs (Consul). */
  readonly isDelayed: boolean;
  /** Lock service's clock: when the delay began; meaningful while `isDelayed`. */
  readonly delayedSinceMicros: Micros;
  /** The line, lowest number first (strategy session). */
  readonly nodes: readonly SessionNode[];
  readonly watches: readonly Watch[];
  readonly nextNode: number;
};

// ————— the storage —————

/** A line of the ledger: a write that came in. */
export type LedgerLine = {
  /** Running number of the write, from 1. */
  readonly number: number;
  readonly jobId: number;
  readonly worker: Address;
  readonly token: Token;
  readonly from: Address;
  readonly accepted: boolean;
  /** Storage's own clock. */
  readonly atMicros: Micros;
};

/** An accepted assignment that is not settled: the worker has not reported, or the broker has not noted it. */
export type OpenAssignment = {
  readonly number: number;
  readonly jobId: number;
  readonly worker: Address;
  readonly isFinished: boolean;
  readonly isNoted: boolean;
  readonly tries: number;
};

/** All that storage knows; its disk keeps the same. */
export type Storage = {
  /** The highest token that it has seen in a write; 0 before the first. */
  readonly highestToken: Token;
  /** The revision of the present grant as the lock service announced it; 0 before the first. */
  readonly grantRevision: Revision;
  /** The latest writes, the newest last; at most 24. */
  readonly ledger: readonly LedgerLine[];
  readonly written: number;
  readonly accepted: number;
  readonly refused: number;
  /** Accepted and not settled. */
  readonly open: readonly OpenAssignment[];
};

// ————— the job board, the workers —————

/** The broker: jobs that nobody has assigned yet, in the order of their arrival. Its disk keeps the same. */
export type JobBoard = {
  readonly waiting: readonly number[];
  readonly submitted: number;
  readonly assigned: number;
  /** Jobs that were assigned lately, the newest last, at most 256: a submission that comes again is none. */
  readonly assignedLately: readonly number[];
};

/** An assignment in a worker's hands. */
export type WorkerTask = { readonly number: number; readonly jobId: number };

/** A worker that does what storage hands it. It has no disk. */
export type AssignedWorker = {
  readonly task: WorkerTask | undefined;
  readonly line: readonly WorkerTask[];
  /** Numbers of assignments that it has finished, the newest last; at most 64. */
  readonly finished: readonly number[];
  readonly tries: number;
  readonly leaving: boolean;
};
