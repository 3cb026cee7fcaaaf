import type { Micros, WorldView } from '../kernel/types.ts';
import type { Figure, Series } from '../measures/measure.ts';
import type { Verdict } from '../promises/promise.ts';
import { spoken } from '../scenarios/names.ts';
import type { World } from '../scenarios/types.ts';
import type { Moment } from './history.ts';
import type { Frame, PromiseLamp } from './types.ts';

/** Answers what a frame offers by id besides folds, undefined where it knows nothing of it. */
export type BesideFolds = (id: string, frame: Frame) => unknown;

/**
 * A frame of a moment. Fold states are taken at once, they are immutable; figures and verdicts are computed when first
 * asked for. `view` reads through to the simulation and so is good while the session shows this frame.
 */
export class MomentFrame implements Frame {
  readonly atMicros: Micros;
  readonly eventCount: number;
  readonly view: WorldView;
  private readonly states: ReadonlyMap<string, unknown>;
  private knownFigures: ReadonlyMap<string, Figure> | undefined;
  private knownPromises: readonly PromiseLamp[] | undefined;

  constructor(
    readonly moment: Moment,
    private readonly world: World,
    foldIds: readonly string[],
    private readonly beside: BesideFolds,
  ) {
    this.atMicros = moment.nowMicros;
    this.eventCount = moment.eventCount;
    this.view = moment.view;
    this.states = new Map(foldIds.map((id) => [id, moment.foldState(id)]));
  }

  get figures(): ReadonlyMap<string, Figure> {
    this.knownFigures ??= new Map(
      this.world.measures.flatMap((measure) =>
        measure.figures(this.states.get(measure.id), this.atMicros).map((figure) => [figure.id, figure] as const),
      ),
    );
    return this.knownFigures;
  }

  get promises(): readonly PromiseLamp[] {
    const ending = { atMicros: this.atMicros, view: this.view };
    this.knownPromises ??= this.world.watchers.map((watcher) => ({
      id: watcher.id,
      title: watcher.title,
      sentence: watcher.sentence,
      verdict: named(this.world, watcher.verdict(this.states.get(watcher.id), ending)),
    }));
    return this.knownPromises;
  }

  fold<S>(id: string): S {
    return (this.states.has(id) ? this.states.get(id) : this.beside(id, this)) as S;
  }

  /** The lines of the charts until this instant. */
  series(): readonly (Series & { readonly chart: string })[] {
    return this.world.measures.flatMap((measure) => measure.series?.(this.states.get(measure.id)) ?? []);
  }
}

/** A promise's reason as people read it: with names, not addresses. */
function named(world: World, verdict: Verdict): Verdict {
  return 'because' in verdict ? { ...verdict, because: spoken(world, verdict.because) } : verdict;
}
