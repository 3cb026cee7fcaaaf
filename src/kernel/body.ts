import { TRUE_CLOCK } from './clock.ts';
import type {
  Address,
  Clock,
  Effect,
  InFlight,
  Json,
  Micros,
  Process,
  ProcessEvent,
  ProcessStatus,
  ProcessView,
  RunningTimer,
} from './types.ts';

/** A timer with its place on the agenda; an agenda entry whose `seq` differs is a cancelled one. */
export type Timer = RunningTimer & { readonly seq: number; readonly causeId: number };

/** What waits because the process is paused. It joins when it is due, so a mailbox is in the order (at, lane, seq). */
export type Held =
  | { readonly what: 'message'; readonly flightSeq: number; readonly flight: InFlight }
  | { readonly what: 'timer'; readonly timer: Timer }
  | { readonly what: 'synced'; readonly syncedId: number; readonly then: readonly Effect[] }
  | {
      readonly what: 'event';
      readonly event: ProcessEvent;
      readonly entryKind: string;
      readonly causeId: number;
      readonly data: { readonly [field: string]: Json | undefined };
    };

/** A disk write under way. */
export type PendingSync = {
  readonly seq: number;
  readonly due: Micros;
  readonly disk: unknown;
  readonly then: readonly Effect[];
  readonly causeId: number;
};

/** A process and its circumstances. Mutable inside the kernel alone; a snapshot copies it. */
export type Body = {
  readonly address: Address;
  readonly kind: string;
  readonly process: Process;
  state: unknown;
  disk: unknown;
  status: ProcessStatus;
  statusSinceMicros: Micros;
  /** The last state's name, kept over a crash for onlookers. */
  stateName: string;
  clock: Clock;
  slowFactor: number;
  slowUntilSeq: number;
  pausedUntilMicros: Micros | undefined;
  resumeSeq: number;
  /** The parameter that made it is lower now: it leaves when it has finished. */
  leaving: boolean;
  timers: Map<string, Timer>;
  mailbox: Held[];
  syncs: PendingSync[];
};

export function newBody(
  address: Address,
  kind: string,
  process: Process,
  nowMicros: Micros,
  disk: unknown = undefined,
): Body {
  return {
    address,
    kind,
    process,
    state: undefined,
    disk,
    status: 'up',
    statusSinceMicros: nowMicros,
    stateName: '',
    clock: TRUE_CLOCK,
    slowFactor: 1,
    slowUntilSeq: 0,
    pausedUntilMicros: undefined,
    resumeSeq: 0,
    leaving: false,
    timers: new Map(),
    mailbox: [],
    syncs: [],
  };
}

/** A copy that shares all immutable parts. */
export function copyBody(body: Body): Body {
  return { ...body, timers: new Map(body.timers), mailbox: body.mailbox.slice(), syncs: body.syncs.slice() };
}

/** Read-only sight of a body; reads through, so one view serves for the body's whole life. */
export class BodyView implements ProcessView {
  constructor(private readonly body: Body) {}
  get address(): Address {
    return this.body.address;
  }
  get kind(): string {
    return this.body.kind;
  }
  get status(): ProcessStatus {
    return this.body.status;
  }
  get state(): string {
    return this.body.stateName;
  }
  get data(): unknown {
    // Newcomers of one instant boot one after another: the later ones are there, but have no state yet.
    const isDown = this.body.status === 'crashed' || this.body.state === undefined;
    return isDown ? undefined : this.body.process.dataOf(this.body.state);
  }
  get disk(): unknown {
    return this.body.disk;
  }
  get clock(): Clock {
    return this.body.clock;
  }
  get timers(): readonly RunningTimer[] {
    return [...this.body.timers.values()];
  }
  get heldCount(): number {
    return this.body.mailbox.length;
  }
  get pausedUntilMicros(): Micros | undefined {
    return this.body.pausedUntilMicros;
  }
  get statusSinceMicros(): Micros {
    return this.body.statusSinceMicros;
  }
  get slowFactor(): number {
    return this.body.slowFactor;
  }
  inspect(): Json {
    return this.body.status === 'crashed' || this.body.state === undefined
      ? null
      : this.body.process.inspect(this.body.state);
  }
}
