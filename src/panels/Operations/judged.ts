import type { Frame, PromiseLamp } from '../../playback/types.ts';
import { type History, verdictOf } from '../../promises/linearizability/index.ts';

/** The promise's id in every world that has clients with a store. */
const LINEARIZABLE = 'linearizable';

/** What is said of the clients' history as a whole. */
export type Judged = {
  /** Undefined where the world does not promise it. */
  readonly lamp: PromiseLamp | undefined;
  /** Trace entries of the calls that show the break: the smallest window that was found. */
  readonly window: ReadonlySet<number>;
};

const NONE: ReadonlySet<number> = new Set();

/** Whether the history is linearizable until a moment, and which operations show that it is not. */
export function judgedAt(frame: Frame): Judged {
  const lamp = frame.promises.find(({ id }) => id === LINEARIZABLE);
  if (lamp?.verdict.kind !== 'broken') return { lamp, window: NONE };
  const { history } = frame.fold<{ readonly history: History<unknown, unknown, unknown> }>(LINEARIZABLE);
  const verdict = verdictOf(history);
  if (verdict.kind !== 'broken') return { lamp, window: NONE };
  return { lamp, window: new Set(verdict.window.map(({ invokedEntryId }) => invokedEntryId)) };
}
