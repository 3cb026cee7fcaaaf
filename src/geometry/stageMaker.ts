import type { Address, Micros, TraceEntry, WorldView } from '../kernel/types.ts';
import type { Size } from './box.ts';
import type { Mover, Scene } from './scene.ts';

/** What is followed: a node or an item. */
export type StageSelection =
  | { readonly kind: 'address'; readonly id: string }
  | { readonly kind: 'item'; readonly id: number };

/** What a picture depends on beside the world: all of it handed in, none of it remembered. */
export type StageOptions = {
  readonly selection?: StageSelection;
  /** `messageDropped` entries of late, oldest first. */
  readonly drops?: readonly TraceEntry[];
  /** Simulated seconds per second of wall time while playing; absent while paused, when everything can be followed. */
  readonly speed?: number;
  /** Where the selected item has been, oldest first. */
  readonly visited?: readonly Address[];
  /** What a promise or a measure has folded so far, by its id: for what the processes themselves no longer know. */
  readonly fold?: <State>(id: string) => State;
};

/** A layout with its ways. Good as long as size, unit and cast stay the same. */
export type PlannedStage = {
  /** All that is to be seen at an instant. */
  readonly scene: (view: WorldView, viewMicros: Micros, options: StageOptions) => Scene;
  /** Only the messages on their way: what changes its place in every picture. */
  readonly messages: (view: WorldView, options: StageOptions) => readonly Mover[];
};

/** How a world is drawn: what the stage panel needs of it. One for each world (`workQueueMaker.ts`). */
export type StageMaker = {
  /** All that a plan depends on beside size and unit, as text: the same text, the same plan. Never what they do. */
  readonly castKeyOf: (view: WorldView) => string;
  /** Where everything stands. `unit` is 1 for ordinary text, 1.5 for the projector theme. */
  readonly plan: (view: WorldView, size: Size, unit: number) => PlannedStage;
  /** Where an item has been, oldest first, from the entries about it; one that had it twice in a row stands once. */
  readonly visitedBy: (entries: readonly TraceEntry[]) => readonly Address[];
};
