import type { Command, Micros, TraceEntry, WorldView } from '../kernel/types.ts';
import type { Figure, Series } from '../measures/measure.ts';
import type { Verdict } from '../promises/promise.ts';
import type { Scenario, Sentence, World } from '../scenarios/types.ts';

/**
 * Everything that the panels draw for one instant. A new object whenever an event changed something or another instant
 * is looked at; while time merely passes it is renewed four times a second, for figures that age.
 */
export type Frame = {
  readonly atMicros: Micros;
  /** Reads through to the run: good while the session shows this frame. */
  readonly view: WorldView;
  /** Figures at this instant, by id. */
  readonly figures: ReadonlyMap<string, Figure>;
  readonly promises: readonly PromiseLamp[];
  /** State of any open fold, by fold id; `recentDrops` and `recentLog` of `playback/folds.ts` as well. */
  fold<S>(id: string): S;
  /** How many events were executed until here: changes exactly when the picture may. */
  readonly eventCount: number;
};

export type PromiseLamp = {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  readonly verdict: Verdict;
};

/** A told entry: a row of the log or of an item's story. */
export type Told = { readonly entry: TraceEntry; readonly sentence: Sentence };

/** A deed is an own script entry; opened entries came with the scenario. `index` is its place in `scenario.script`. */
export type Mark = {
  readonly index: number;
  readonly atMicros: Micros;
  readonly command: Command;
  readonly own: boolean;
  /** The trace says so when the entry found nothing to act on. */
  readonly missed: boolean;
};

export type Selection =
  | { readonly kind: 'address'; readonly id: string }
  | { readonly kind: 'item'; readonly id: number };

export type Run = { readonly scenario: Scenario; readonly frontierMicros: Micros };

/** What the page knows of the run; a vanilla zustand store holds it. */
export type SessionState = {
  readonly world: World;
  /** The scenario as it was opened, and as it is now (opened plus own deeds). */
  readonly opened: Scenario;
  readonly scenario: Scenario;
  readonly marks: readonly Mark[];
  readonly viewMicros: Micros;
  readonly frontierMicros: Micros;
  readonly untilMicros: Micros;
  readonly playing: boolean;
  readonly speed: number;
  /** Below `speed` where the machine can't keep up; the transport says so. */
  readonly effectiveSpeed: number;
  /** At `viewMicros`. */
  readonly frame: Frame;
  /** At the frontier: charts draw the whole line and dim what lies after `viewMicros`. */
  readonly frontier: Frame;
  readonly series: readonly (Series & { readonly chart: string })[];
  /** The twin's lines, drawn as a ghost, where the other one of the pair was seen before. */
  readonly ghost: readonly (Series & { readonly chart: string })[];
  /** The run that acting in the past left behind. */
  readonly runA: Run | undefined;
  readonly selection: Selection | undefined;
  /** One line for the status area: "You changed the past. The old run is kept as Run A." */
  readonly notice: string | undefined;
  /** Something was changed since it was opened. */
  readonly edited: boolean;
};

/** What a person can do to a session. All synchronous. */
export type SessionActions = {
  /** Opens paused, at the given instant or where the scenario opens; what lies before is executed at once. */
  open(scenario: Scenario, at?: { viewMicros?: Micros }): void;
  /** Opens the other one of a pair at the same moment; the lines of the one before stay as ghosts. */
  openTwin(scenario: Scenario): void;
  play(): void;
  pause(): void;
  /** Looks at an instant; past the frontier it executes up to there. */
  seek(micros: Micros): void;
  stepEvent(direction: 1 | -1): void;
  stepMicros(micros: Micros): void;
  setSpeed(speed: number): void;
  restart(): void;
  goLive(): void;
  /** Extends `untilMs` (at most one simulated hour). */
  goOn(): void;
  /** Acts at `viewMicros`; in the past it branches. */
  deed(command: Command): void;
  /** At frontier 0 it changes `parameters`; later it is a `set` entry. Call it once, at the end of a drag. */
  setParameter(name: string, value: unknown): void;
  setSeed(seed: number): void;
  removeEntry(index: number): void;
  /** Another command at the same instant. Like removing, it branches if the entry was executed. */
  editEntry(index: number, command: Command): void;
  /** Back to Run A; the present one is kept in its place. */
  swapRunA(): void;
  select(selection: Selection | undefined): void;
  /** Told rows of the whole run until the frontier, filtered; executed anew on demand, so memory stays bounded. */
  tell(filter: { itemId?: number; address?: string; untilMicros?: Micros; last?: number }): readonly Told[];
  /** Advances by a wall-clock frame; `playback/player.ts` calls it. */
  advance(wallMs: number): void;
};
