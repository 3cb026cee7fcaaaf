import type { Fold, TraceEntry, WorldView } from './types.ts';

/** Runs folds over the trace, each hearing only the kinds it asked for, in the order in which they were given. */
export class FoldRunner {
  private readonly byKind = new Map<string, readonly number[]>();
  private states: unknown[];

  constructor(private readonly folds: readonly Fold[]) {
    this.states = folds.map((fold) => fold.start);
  }

  hears(kind: string): boolean {
    return this.listeners(kind).length > 0;
  }

  /** Folds that share their step and have the same state (several promises over one book) are stepped once. */
  step(entry: TraceEntry, view: WorldView): void {
    let step: Fold['step'] | undefined;
    let before: unknown;
    let after: unknown;
    for (const index of this.listeners(entry.kind)) {
      const fold = this.folds[index]!;
      const state = this.states[index];
      if (fold.step !== step || state !== before) {
        step = fold.step;
        before = state;
        after = fold.step(state, entry, view);
      }
      this.states[index] = after;
    }
  }

  state(id: string): unknown {
    const index = this.folds.findIndex((fold) => fold.id === id);
    return index < 0 ? undefined : this.states[index];
  }

  copy(): readonly unknown[] {
    return this.states.slice();
  }

  restore(states: readonly unknown[]): void {
    this.states = states.slice();
  }

  private listeners(kind: string): readonly number[] {
    const known = this.byKind.get(kind);
    if (known !== undefined) return known;
    const found = this.folds.flatMap((fold, index) =>
      fold.hears === 'everything' || fold.hears.includes(kind) ? [index] : [],
    );
    this.byKind.set(kind, found);
    return found;
  }
}
