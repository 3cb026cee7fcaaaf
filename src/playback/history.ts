import { createSimulation, type Simulation, type Snapshot } from '../kernel/simulation.ts';
import type { Fold, Json, KernelWorld, Micros, Parameters, ScriptEntry, TraceEntry } from '../kernel/types.ts';
import { bytesOf } from './keyframeSize.ts';

/** A run as it was at one instant. Reads through to a simulation: good until the history is asked for another instant. */
export type Moment = Pick<
  Simulation,
  'view' | 'foldState' | 'eventCount' | 'nowMicros' | 'lastEventMicros' | 'nextAtMicros' | 'hash'
>;

export type HistoryOptions = {
  readonly world: KernelWorld;
  readonly parameters: Parameters;
  readonly seed: number;
  readonly script: readonly ScriptEntry[];
  /** The given state, for a world that takes one. */
  readonly start?: Json | undefined;
  /** All that is open: watchers, measures, logs. Their states are part of every keyframe. */
  readonly folds: readonly Fold[];
  /** Wall clock in milliseconds. It decides how far apart keyframes lie and when a frame stops, never the run's course. */
  readonly now: () => number;
  /** What keyframes may hold together, in bytes; 20 MB if absent. */
  readonly budgetBytes?: number;
  /** Events between two keyframes at the start; measured on the way if absent. */
  readonly keyframeEvents?: number;
  /** Keep the running digest, for the laws. */
  readonly hash?: boolean;
};

/** Which part of the run is told again: what came after an event (−1: from the boot on), until an instant and an event. */
export type Retelling = {
  readonly afterEvent: number;
  readonly untilMicros: Micros;
  readonly untilEvent: number;
};

/** After so many events, the last of them at that instant. */
export type Place = { readonly eventCount: number; readonly lastEventMicros: Micros };

type Keyframe = { readonly snapshot: Snapshot; bytes: number };

/** Replaying from one keyframe to the next should take about this long (contracts §5). */
const REPLAY_MS = 8;
const BUDGET_BYTES = 20_000_000;
const FIRST_SPACING_EVENTS = 256;
const SPACING_MIN_EVENTS = 32;
const SPACING_MAX_EVENTS = 50_000;
/** The clock is read once in this many events. */
const EVENTS_PER_CLOCK_READING = 8;
/** The first keyframes are all weighed, later ones in samples. */
const WEIGHED_AT_FIRST = 2;
const WEIGHED_ONE_IN = 16;
/** How many are weighed anew when every second one was let go. */
const REWEIGHED = 4;

/** Before the first event there is the boot: its entries come after event −1. */
export const BEFORE_BOOT = -1;

/**
 * One recorded run. The frontier is the simulation that goes on; `at` shows any earlier instant on a second one, the
 * looker, by re-execution from the nearest keyframe; `retell` says the trace again on a third.
 *
 * Law: `at(t)` is what a fresh run to t is: data, disks, messages under way, folds and digest. Where keyframes lie
 * depends on the machine's speed; what `at` answers does not.
 */
export class History {
  readonly folds: readonly Fold[];
  /** Where the run has been executed to. A frontier that was stepped may stand amid the events of one instant. */
  readonly frontier: Simulation;

  private readonly now: () => number;
  private readonly budgetBytes: number;
  private readonly measuresSpacing: boolean;
  private script: readonly ScriptEntry[];
  private keyframes: Keyframe[];
  private looker: Simulation | undefined;
  private lookerIsGood = false;
  private teller: Simulation | undefined;
  private tellerIsGood = false;
  private listener: ((entry: TraceEntry) => void) | undefined;
  /** What all keyframes share from the beginning: the processes' own definitions. */
  private readonly definitions: ReadonlySet<object>;

  private spacing: number;
  /** Doubles with every thinning, so that what is yet to come is no denser than what is kept. */
  private spacingMin: number;
  private markMs = 0;
  private spentMs = 0;

  constructor(private readonly options: HistoryOptions) {
    this.folds = options.folds;
    this.now = options.now;
    this.budgetBytes = options.budgetBytes ?? BUDGET_BYTES;
    this.measuresSpacing = options.keyframeEvents === undefined;
    this.spacing = options.keyframeEvents ?? FIRST_SPACING_EVENTS;
    this.spacingMin = options.keyframeEvents ?? SPACING_MIN_EVENTS;
    this.script = options.script;
    this.frontier = this.simulate();
    const snapshot = this.frontier.snapshot();
    const definitions = new Set<object>();
    for (const body of snapshot.bodies) bytesOf(body.process, definitions);
    this.definitions = definitions;
    this.keyframes = [{ snapshot, bytes: bytesOf(snapshot, new Set(definitions)) }];
  }

  get frontierMicros(): Micros {
    return this.frontier.nowMicros;
  }

  get keyframeCount(): number {
    return this.keyframes.length;
  }

  /** What all keyframes hold, estimated from above. */
  get bytes(): number {
    return this.keyframes.reduce((sum, keyframe) => sum + keyframe.bytes, 0);
  }

  /** Where keyframes lie, in order: places from which retelling starts quickly. */
  places(): readonly Place[] {
    return this.keyframes.map((keyframe) => keyframe.snapshot);
  }

  /**
   * Executes all that is due at or before `micros`, and stands there. After `withinMs` of wall time it stops at the end
   * of the instant it has reached and answers false; no event is skipped.
   */
  advanceTo(micros: Micros, withinMs = Number.POSITIVE_INFINITY): boolean {
    const run = this.frontier;
    const startedMs = this.now();
    this.markMs = startedMs;
    let isOverdue = false;
    let executed = 0;
    for (let next = run.nextAtMicros(); next !== undefined && next <= micros; next = run.nextAtMicros()) {
      if (isOverdue && next > run.lastEventMicros) break;
      run.step();
      this.keepIfDue();
      executed++;
      if (withinMs !== Number.POSITIVE_INFINITY && executed % EVENTS_PER_CLOCK_READING === 0)
        isOverdue = this.now() - startedMs >= withinMs;
    }
    this.spentMs += this.now() - this.markMs;
    const next = run.nextAtMicros();
    if (next !== undefined && next <= micros) return false;
    run.runUntil(micros);
    return true;
  }

  /** Executes one event at the frontier; false where nothing will ever happen again. */
  stepOne(): boolean {
    this.markMs = this.now();
    const stepped = this.frontier.step();
    if (stepped) this.keepIfDue();
    this.spentMs += this.now() - this.markMs;
    return stepped;
  }

  /** The run at an instant; the frontier itself for the frontier's instant and whatever is later. */
  at(micros: Micros): Moment {
    if (micros >= this.frontier.nowMicros) return this.frontier;
    const looker = this.lookFrom(micros, (place) => place.lastEventMicros <= micros);
    looker.runUntil(micros);
    return looker;
  }

  /** The run right after its nth event, at that event's instant. */
  atEvent(count: number): Moment {
    const { frontier } = this;
    if (count >= frontier.eventCount && frontier.nowMicros === frontier.lastEventMicros) return frontier;
    const looker = this.lookFrom(undefined, (place) => place.eventCount <= count);
    while (looker.eventCount < count && looker.step());
    return looker;
  }

  /**
   * Goes on with another script, which agrees with the old one on all entries before `atMicros`. What was executed at or
   * after that instant is forgotten; the frontier stands before it.
   */
  branch(atMicros: Micros, script: readonly ScriptEntry[]): void {
    this.script = script;
    this.lookerIsGood = false;
    this.tellerIsGood = false;
    while (this.keyframes.length > 1 && this.lastKeyframe.snapshot.lastEventMicros >= atMicros) this.keyframes.pop();
    const { frontier } = this;
    if (frontier.eventCount === 0 || frontier.lastEventMicros < atMicros) {
      const before = Math.max(frontier.lastEventMicros, atMicros - 1);
      frontier.restore(standingAt(frontier.snapshot(), Math.min(frontier.nowMicros, before)), script);
    } else frontier.restore(this.lastKeyframe.snapshot, script);
  }

  /** Tells the entries from one instant to another again, in order, with their own ids. */
  replay(fromMicros: Micros, toMicros: Micros, onEntry: (entry: TraceEntry) => void): void {
    const start = this.keyframes.findLast((keyframe) => keyframe.snapshot.lastEventMicros < fromMicros);
    const retelling = {
      afterEvent: start?.snapshot.eventCount ?? BEFORE_BOOT,
      untilMicros: toMicros,
      untilEvent: this.frontier.eventCount,
    };
    this.retell(retelling, (entry) => {
      if (entry.atMicros >= fromMicros) onEntry(entry);
    });
  }

  /** Tells a part of the run again and answers the number of the last event told. Folds do not run. */
  retell({ afterEvent, untilMicros, untilEvent }: Retelling, onEntry: (entry: TraceEntry) => void): number {
    const last = Math.min(untilEvent, this.frontier.eventCount);
    if (afterEvent < 0) {
      this.teller = this.simulateTelling(onEntry);
      this.tellerIsGood = true;
    }
    const from = Math.max(0, afterEvent);
    const teller = this.tellFrom(from);
    while (teller.eventCount < from && teller.step());
    this.listener = onEntry;
    for (let next = teller.nextAtMicros(); next !== undefined && next <= untilMicros; next = teller.nextAtMicros()) {
      if (teller.eventCount >= last) break;
      teller.step();
    }
    this.listener = undefined;
    return teller.eventCount;
  }

  // ————— keyframes —————

  private get lastKeyframe(): Keyframe {
    return this.keyframes.at(-1)!;
  }

  private keepIfDue(): void {
    const events = this.frontier.eventCount - this.lastKeyframe.snapshot.eventCount;
    if (events < this.spacing) return;
    const nowMs = this.now();
    this.spentMs += nowMs - this.markMs;
    if (this.measuresSpacing && this.spentMs > 0) {
      // Half the old, half the new: one pause of the garbage collector must not decide.
      const measured = (REPLAY_MS * events) / this.spentMs;
      const spacing = Math.round((this.spacing + measured) / 2);
      this.spacing = Math.min(SPACING_MAX_EVENTS, Math.max(this.spacingMin, spacing));
    }
    this.spentMs = 0;
    this.keep(this.frontier.snapshot());
    this.markMs = this.now();
  }

  private keep(snapshot: Snapshot): void {
    const before = this.lastKeyframe;
    const count = this.keyframes.length;
    const isWeighed = count <= WEIGHED_AT_FIRST || count % WEIGHED_ONE_IN === 0;
    const bytes = isWeighed ? this.weigh(before.snapshot, snapshot) : before.bytes;
    this.keyframes.push({ snapshot, bytes });
    while (this.bytes > this.budgetBytes && this.keyframes.length > 2) this.thinOut();
  }

  /** What a keyframe adds to the one before it. */
  private weigh(before: Snapshot, snapshot: Snapshot): number {
    const known = new Set(this.definitions);
    bytesOf(before, known);
    return bytesOf(snapshot, known);
  }

  /** Lets every second keyframe go, over the whole run: the present is not favoured. */
  private thinOut(): void {
    this.keyframes = this.keyframes.filter((_, index) => index % 2 === 0);
    this.spacing *= 2;
    this.spacingMin = this.spacing;
    const each = Math.max(1, Math.floor(this.keyframes.length / REWEIGHED));
    for (let index = 1; index < this.keyframes.length; index++) {
      const before = this.keyframes[index - 1]!;
      const keyframe = this.keyframes[index]!;
      keyframe.bytes =
        (index - 1) % each === 0 ? this.weigh(before.snapshot, keyframe.snapshot) : this.keyframes[index - 1]!.bytes;
    }
  }

  // ————— looker and teller —————

  private simulate(): Simulation {
    const { world, parameters, seed, start, hash } = this.options;
    return createSimulation({ world, parameters, seed, start, hash, script: this.script, folds: this.folds });
  }

  /** Hears the boot, and later whatever `listener` is set to. */
  private simulateTelling(onBootEntry: ((entry: TraceEntry) => void) | undefined): Simulation {
    const { world, parameters, seed, start } = this.options;
    this.listener = onBootEntry;
    const onEntry = (entry: TraceEntry): void => this.listener?.(entry);
    const teller = createSimulation({ world, parameters, seed, start, script: this.script, onEntry });
    this.listener = undefined;
    return teller;
  }

  /**
   * Brings the looker to the latest place that `isBefore` accepts: where it stands, the frontier, or a keyframe.
   * Then it stands at that place's last event, or between it and `micros`.
   */
  private lookFrom(micros: Micros | undefined, isBefore: (place: Place) => boolean): Simulation {
    const keyframe = this.keyframes.findLast(({ snapshot }) => isBefore(snapshot))?.snapshot;
    this.looker ??= this.simulate();
    const { looker, frontier } = this;
    if (isBefore(frontier)) this.putLooker(standingAt(frontier.snapshot(), micros ?? frontier.lastEventMicros));
    else if (this.lookerIsGood && isBefore(looker) && looker.eventCount >= (keyframe?.eventCount ?? 0)) {
      const standsAt = micros ?? looker.lastEventMicros;
      if (looker.nowMicros > standsAt) this.putLooker(standingAt(looker.snapshot(), standsAt));
    } else this.putLooker(keyframe ?? this.keyframes[0]!.snapshot);
    return looker;
  }

  private putLooker(snapshot: Snapshot): void {
    this.looker!.restore(snapshot, this.script);
    this.lookerIsGood = true;
  }

  private tellFrom(event: number): Simulation {
    const keyframe = this.keyframes.findLast(({ snapshot }) => snapshot.eventCount <= event)!.snapshot;
    this.teller ??= this.simulateTelling(undefined);
    const { teller } = this;
    const isNear = this.tellerIsGood && teller.eventCount <= event && teller.eventCount >= keyframe.eventCount;
    if (!isNear) teller.restore({ ...keyframe, digest: undefined, folds: [] }, this.script);
    this.tellerIsGood = true;
    return teller;
  }
}

/** The same run, looked at from another instant between two events. */
function standingAt(snapshot: Snapshot, micros: Micros): Snapshot {
  return { ...snapshot, nowMicros: micros };
}
