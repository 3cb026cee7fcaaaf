import { invariant } from '../kernel/invariant.ts';
import { microsOfMs } from '../kernel/time.ts';
import type { Command, Fold, Micros } from '../kernel/types.ts';
import { isSameScenario } from '../scenarios/scenario.ts';
import type { Scenario, World } from '../scenarios/types.ts';
import { type MissedCommand, missedCommandsOf, RECENT_LOG_ID, RECENT_LOG_ROWS } from './folds.ts';
import { MomentFrame } from './frame.ts';
import type { History, Moment } from './history.ts';
import type { Rows } from './rows.ts';
import { momentOf, type OwnedScenario } from './scripts.ts';
import type { Frame, Mark, SessionState } from './types.ts';

/** Where a session stands: all that what it shows is computed from. */
export type Situation = {
  readonly world: World;
  readonly opened: Scenario;
  /** A new object with every change of the script, so that frames of two branches are never taken for one another. */
  readonly current: OwnedScenario;
  readonly history: History;
  readonly rows: Rows;
  readonly viewMicros: Micros;
  /** The run at the view. */
  readonly here: Moment;
};

/** The part of the session's state that follows from its situation. */
export type ShownState = Pick<
  SessionState,
  | 'world'
  | 'opened'
  | 'scenario'
  | 'marks'
  | 'viewMicros'
  | 'frontierMicros'
  | 'untilMicros'
  | 'frame'
  | 'frontier'
  | 'series'
  | 'edited'
>;

/** While playing, lines are drawn anew at most this often, and ageing figures at least that often (wall time). */
const SERIES_EVERY_MS = 100;
const FIGURES_EVERY_MS = 250;

/** Computes what a session shows, and keeps the identity of whatever has not changed. */
export class Shown {
  private last: { readonly state: ShownState; readonly current: OwnedScenario } | undefined;
  private frame: MomentFrame | undefined;
  private frontier: MomentFrame | undefined;
  private seriesOf: MomentFrame | undefined;
  private missed: readonly MissedCommand[] | undefined;
  private figuresAgeMs = 0;
  private seriesAgeMs = 0;

  /** Wall time that passed while playing. */
  ageBy(wallMs: number): void {
    this.figuresAgeMs += wallMs;
    this.seriesAgeMs += wallMs;
  }

  /** `isLooked`: someone looks at another instant, so that everything that depends on the time is computed anew. */
  of(situation: Situation, isLooked: boolean): ShownState {
    const { world, opened, current, history, viewMicros } = situation;
    const before = this.last?.current === current ? this.last.state : undefined;
    if (before === undefined) {
      this.frame = undefined;
      this.frontier = undefined;
      this.seriesOf = undefined;
      this.missed = undefined;
    }
    const frontier = this.takeFrames(situation, isLooked);
    const state: ShownState = {
      world,
      opened,
      scenario: current.scenario,
      marks: this.marks(current, frontier, before),
      viewMicros,
      frontierMicros: history.frontierMicros,
      untilMicros: microsOfMs(current.scenario.untilMs),
      frame: this.frame!,
      frontier,
      series: this.series(frontier, before, isLooked),
      edited: before?.edited ?? !isSameScenario(opened, current.scenario),
    };
    this.last = { state, current };
    return state;
  }

  private takeFrames(situation: Situation, isLooked: boolean): MomentFrame {
    const { here, history } = situation;
    const isAged = isLooked || this.figuresAgeMs >= FIGURES_EVERY_MS;
    if (isAged) this.figuresAgeMs = 0;
    const renewed = (frame: MomentFrame | undefined, moment: Moment): MomentFrame => {
      const isSame = frame !== undefined && frame.moment === moment && frame.eventCount === moment.eventCount;
      return isSame && !(isAged && frame.atMicros !== moment.nowMicros) ? frame : frameOf(situation, moment);
    };
    const frontier = renewed(this.frontier, history.frontier);
    this.frame = here === history.frontier ? frontier : renewed(this.frame, here);
    this.frontier = frontier;
    return frontier;
  }

  private series(frontier: MomentFrame, before: ShownState | undefined, isLooked: boolean): SessionState['series'] {
    if (before !== undefined && !isLooked && this.seriesAgeMs < SERIES_EVERY_MS) return before.series;
    this.seriesAgeMs = 0;
    if (before !== undefined && this.seriesOf === frontier) return before.series;
    this.seriesOf = frontier;
    return frontier.series();
  }

  private marks(current: OwnedScenario, frontier: Frame, before: ShownState | undefined): readonly Mark[] {
    const missed = missedCommandsOf(frontier);
    if (before !== undefined && missed === this.missed) return before.marks;
    this.missed = missed;
    return marksOf(current, missed);
  }
}

function frameOf({ world, history, rows }: Situation, moment: Moment): MomentFrame {
  return new MomentFrame(moment, world, history.folds.map(idOf), (id, frame) =>
    id === RECENT_LOG_ID
      ? rows.tell({ last: RECENT_LOG_ROWS }, { micros: frame.atMicros, event: frame.eventCount })
      : undefined,
  );
}

function marksOf({ scenario, own }: OwnedScenario, missed: readonly MissedCommand[]): readonly Mark[] {
  const missedIndices = new Set(missed.map((one) => one.index));
  return scenario.script.map((entry, index) => {
    const { atMs: _, ...command } = entry;
    return {
      index,
      atMicros: momentOf(entry),
      command: command as Command,
      own: own[index] === true,
      missed: missedIndices.has(index),
    };
  });
}

const idOf = (fold: Fold): string => fold.id;

/** A frame finds folds by id, so no two may share one. */
export function requireDistinctIds(folds: readonly Fold[]): void {
  const ids = folds.map(idOf);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  invariant(twice === undefined, `two folds are called ${twice}`);
}
