/**
 * The vocabulary of the deterministic world. Everything above the kernel speaks in these types.
 * A run is a pure function of a scenario: nothing here knows a wall clock, a frame rate or a browser.
 */

/** Simulated time or a duration: an integer number of microseconds. */
export type Micros = number;

/** Where a process lives: `worker-2`, or without a number where there is only one: `broker`. */
export type Address = string;

/** Plain data that survives being written down and read back. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The values of a world's parameters, by name; names end with their unit. */
export type Parameters = { readonly [name: string]: Json };

/**
 * What one process says to another.
 * `key` says what the message is about (`7.2`: job 7, second delivery). The link's draws are keyed by it, so that
 * another message more or less elsewhere does not change this one's latency; a message sent again carries another key.
 * Without a key the draws are keyed by a counter for each link and kind.
 */
export type Message = { readonly kind: string; readonly key?: string; readonly [field: string]: Json | undefined };

/** Something worth telling, in the past tense (`workFailed`). It becomes a trace entry of its own kind. */
export type Fact = { readonly kind: string; readonly [field: string]: Json | undefined };

/** What someone does to the world, as data; `do` names the verb. The script and live clicks both consist of these. */
export type Command = { readonly do: string; readonly [field: string]: Json | undefined };

/** A command and its moment. */
export type ScriptEntry = { readonly atMicros: Micros; readonly command: Command };

/**
 * What a process wants done. A process never acts; it gives these back and the kernel performs them, in order.
 * - `startTimer`: starting a name that runs replaces it; `work: true` marks labour, which `slow` stretches.
 * - `persist`: replaces the whole disk value; `then` leaves only when it is durable. A crash before that loses both.
 * - `leave`: the process has finished for good and is taken off the stage.
 */
export type Effect<D = unknown> =
  | { readonly kind: 'send'; readonly to: Address; readonly message: Message }
  | { readonly kind: 'startTimer'; readonly name: string; readonly afterMicros: Micros; readonly work?: true }
  | { readonly kind: 'cancelTimer'; readonly name: string }
  | { readonly kind: 'persist'; readonly disk: D; readonly then: readonly Effect<D>[] }
  | { readonly kind: 'note'; readonly fact: Fact }
  | { readonly kind: 'leave' };

/** What reaches a process. */
export type ProcessEvent =
  | { readonly type: 'message'; readonly from: Address; readonly message: Message }
  | { readonly type: 'timer'; readonly name: string }
  | { readonly type: 'diskSynced' }
  | { readonly type: 'parameterChanged'; readonly name: string }
  | { readonly type: 'commanded'; readonly command: Command }
  | { readonly type: 'leaveRequested' };

/** All that a process may know besides its state and the event. */
export type Env = {
  readonly address: Address;
  /** The process's own clock, which may be wrong. */
  readonly nowMicros: Micros;
  readonly parameters: Parameters;
  /** The next draw in [0, 1) of this process's own stream for a purpose: its decisions, never a job's fate. */
  random(purpose: string): number;
  /**
   * The draw in [0, 1) that belongs to a subject (`job:7:attempt:2`), the same for whoever asks, whenever, however often.
   * So a change of policy changes no job's arrival, size or outcome (contracts §3).
   */
  fate(subject: string): number;
};

/** The next state and what is to be done. */
export type Outcome<S, D> = { readonly state: S; readonly effects: readonly Effect<D>[] };

/** A process: a pure function from (state, event, environment) to (state, effects). States are immutable. */
export interface Process<S = unknown, D = unknown> {
  boot(disk: D | undefined, env: Env): Outcome<S, D>;
  handle(state: S, event: ProcessEvent, env: Env): Outcome<S, D>;
  /** A word or path for what it is doing: `processing`, `leader`, `working.storing`. */
  stateName(state: S): string;
  /** The data that promises and measures read. */
  dataOf(state: S): unknown;
  /** All that page, terminal and inspector ever show. */
  inspect(state: S): Json;
  /** Whether it wants the event `diskSynced` (the trace has the entry in any case). */
  readonly hearsDiskSynced?: boolean;
}

/**
 * One thing that happened. `causeId` is the id of the entry that led to it, 0 for a root (a process's start, a command).
 * Kernel kinds and the fields of their `data`: `kernel/README.md`. Facts appear under their own kind.
 */
export type TraceEntry = {
  readonly id: number;
  readonly atMicros: Micros;
  readonly kind: string;
  readonly address: Address;
  readonly causeId: number;
  readonly data: { readonly [field: string]: Json | undefined };
};

export type ProcessStatus = 'up' | 'paused' | 'crashed';

/** Own clock = offset + rate × (true − anchor); the rate is in parts per million (1,000,000 = true). */
export type Clock = { readonly offsetMicros: Micros; readonly anchorMicros: Micros; readonly ratePpm: number };

/** A timer that runs; all instants are true simulated time. */
export type RunningTimer = {
  readonly name: string;
  readonly startedMicros: Micros;
  readonly dueMicros: Micros;
  readonly work: boolean;
};

/** What onlookers may see of a process. Read only. */
export type ProcessView = {
  readonly address: Address;
  /** The part of the cast: `worker`, `broker`. */
  readonly kind: string;
  readonly status: ProcessStatus;
  /** The state's name, e.g. `processing`; the last one before the crash while crashed. */
  readonly state: string;
  readonly data: unknown;
  readonly disk: unknown;
  readonly clock: Clock;
  readonly timers: readonly RunningTimer[];
  /** Messages and timers that wait because it is paused. */
  readonly heldCount: number;
  readonly pausedUntilMicros: Micros | undefined;
  /** When its status last changed. */
  readonly statusSinceMicros: Micros;
  readonly slowFactor: number;
  inspect(): Json;
};

/** A message on its way. `id` is that of its `messageSent` entry (copies share it and differ in `copy`). */
export type InFlight = {
  readonly id: number;
  readonly copy: number;
  readonly from: Address;
  readonly to: Address;
  readonly message: Message;
  readonly sentMicros: Micros;
  readonly dueMicros: Micros;
  /** It arrived, but the recipient is paused. */
  readonly held: boolean;
};

/** Read-only sight of a world at one instant. */
export interface WorldView {
  readonly nowMicros: Micros;
  readonly parameters: Parameters;
  /** All addresses on the stage, in natural order (`worker-2` before `worker-10`). */
  addresses(): readonly Address[];
  process(address: Address): ProcessView | undefined;
  inFlight(): readonly InFlight[];
  rules(): readonly Rule[];
}

/** Faults of the network, as values; one exhaustive function interprets them (`kernel/weather.ts`). */
export type Rule =
  | { readonly id: string; readonly kind: 'partition'; readonly sides: readonly (readonly Address[])[] }
  | {
      readonly id: string;
      readonly kind: 'cut';
      readonly from: Address;
      readonly to: Address;
      readonly bothWays: boolean;
    }
  | {
      readonly id: string;
      readonly kind: 'slowLink';
      readonly from: Address;
      readonly to: Address;
      readonly byMicros: Micros;
      readonly bothWays: boolean;
    }
  | AwaitedMessage;

/**
 * Waits for the first message sent from now on that fits (what is absent fits everything), strikes it alone, and is gone.
 * With `byMicros` it delays the message, without it takes it away.
 */
export type AwaitedMessage = {
  readonly id: string;
  readonly kind: 'awaitedMessage';
  readonly messageKind?: string | undefined;
  readonly from?: Address | undefined;
  readonly to?: Address | undefined;
  readonly byMicros?: Micros | undefined;
};

/** How a duration is drawn. Means and bounds in microseconds. */
export type Distribution =
  | { readonly kind: 'constant'; readonly micros: Micros }
  | { readonly kind: 'uniform'; readonly minMicros: Micros; readonly maxMicros: Micros }
  | { readonly kind: 'exponential'; readonly meanMicros: Micros }
  /** |N(mean, deviation)|. */
  | { readonly kind: 'normal'; readonly meanMicros: Micros; readonly deviationMicros: Micros }
  /** Pareto with the given mean and shape (> 1): a few giants, many small. */
  | { readonly kind: 'pareto'; readonly meanMicros: Micros; readonly shape: number }
  | { readonly kind: 'logNormal'; readonly medianMicros: Micros; readonly sigma: number };

/** A link's ordinary weather, before any rule. Probabilities in [0, 1]. */
export type LinkWeather = {
  readonly latency: Distribution;
  readonly lossProbability: number;
  readonly duplicationProbability: number;
};

/** A fold over the trace: a watcher, a measure, a log. States are immutable and share structure. */
export interface Fold<S = unknown> {
  readonly id: string;
  /** The entry kinds it wants, or all. */
  readonly hears: readonly string[] | 'everything';
  readonly start: S;
  /** Called after the entry's process changed; `view` shows the world as it is then. Must not mutate `state`. */
  step(state: S, entry: TraceEntry, view: WorldView): S;
}

/** Someone on the stage. */
export type CastMember = { readonly address: Address; readonly kind: string; readonly process: Process };

/**
 * What a world's own command becomes: words to processes, or the reason why it missed. `thenCrash` goes down once the words
 * are heard: a clean stop.
 */
export type CommandOutcome =
  | { readonly deliver: readonly { readonly to: Address; readonly command: Command }[]; readonly thenCrash?: Address }
  | { readonly missed: string };

/** What the kernel needs to know of a world. Everything in it is pure. */
export interface KernelWorld {
  readonly id: string;
  /** Who is on the stage under these parameters. */
  cast(parameters: Parameters): readonly CastMember[];
  link(from: Address, to: Address, parameters: Parameters): LinkWeather;
  /** How long a write to its disk takes; `random` serves disks that vary. */
  diskSyncMicros(address: Address, parameters: Parameters, random: () => number): Micros;
  /**
   * The disks of a given state, for runs that begin where waiting can't lead (Raft, Figures 7 and 8). Who gets one boots
   * at time 0 as if restarted from it; who gets none boots with an empty disk. Only the world knows what `start` holds.
   */
  startDisks?(start: Json, parameters: Parameters): ReadonlyMap<Address, unknown>;
  /** The kinds of process that are told when this parameter changes. */
  parameterHearers(name: string): readonly string[];
  /** The address that a role means now; `random` serves the roles that choose (`any-worker`). */
  resolveRole(role: string, view: WorldView, random: () => number): Address | undefined;
  /** The world's own commands (`redrive`, `outage`); `random` as above. */
  perform(command: Command, view: WorldView, random: () => number): CommandOutcome;
}
