import type { Micros } from '../../kernel/types.ts';
import { DEAD_LETTER_QUEUE, type DeadLetterQueue } from '../../protocols/workQueue/index.ts';
import type { Watcher } from '../promise.ts';

type State = {
  readonly first: { readonly atMicros: Micros; readonly entryId: number; readonly because: string } | undefined;
};

/** A dead letter without its reason, or with impossible times, helps nobody on Monday morning. */
export const deadLetterKeepsReason: Watcher<State> = {
  id: 'deadLetterKeepsReason',
  title: 'A dead letter keeps its reason',
  sentence: 'Each dead letter says why it failed, how often it was handed out, and when it failed first and last.',
  hears: ['letterArrived'],
  start: { first: undefined },
  step: (state, entry, view) => {
    if (state.first !== undefined) return state;
    const tray = view.process(DEAD_LETTER_QUEUE)?.data as DeadLetterQueue | undefined;
    const letter = tray?.letters.find((one) => one.messageId === entry.data.messageId);
    const wrong =
      letter === undefined
        ? 'it is not in the tray'
        : letter.reason === ''
          ? 'it has no reason'
          : letter.receives < 1
            ? 'it was never handed out'
            : letter.firstFailureMicros > letter.lastFailureMicros
              ? 'its first failure is after its last'
              : undefined;
    if (wrong === undefined) return state;
    const because = `The letter of image ${String(entry.data.itemId)} arrived, but ${wrong}.`;
    return { first: { atMicros: entry.atMicros, entryId: entry.id, because } };
  },
  verdict: ({ first }) => (first === undefined ? { kind: 'kept' } : { kind: 'broken', ...first }),
};
