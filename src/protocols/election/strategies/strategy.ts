import type { Step } from '../step.ts';
import type { Coordinator, StrategyId, Turn } from '../types.ts';

/** What a strategy makes of a state: what it means, what is done at the entry, what is heard in it. */
export type StateOfStrategy = {
  readonly description: string;
  readonly entry?: Step<Coordinator>;
  /** By the type of the event: messages by their kind, `timer.…`, `command.…`. */
  readonly on?: { readonly [type: string]: Step<Coordinator> };
};

/**
 * How leadership is decided. A strategy moves a coordinator from one state to another by its `turn`; the work of a leader
 * and the list of jobs are the same for all (`rounds.ts`).
 */
export type ElectionStrategy = {
  readonly id: StrategyId;
  /** In one sentence: who leads, and why. */
  readonly sentence: string;
  /** What a coordinator does first after a boot; `turn` says where it begins. */
  readonly boot: Step<Coordinator>;
  /** What it hears whatever its state is. */
  readonly always: { readonly [type: string]: Step<Coordinator> };
  readonly states: { readonly [turn in Turn]: StateOfStrategy };
};
