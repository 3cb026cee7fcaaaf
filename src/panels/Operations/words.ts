import type { OperationLook } from '../../geometry/operationBars.ts';
import type { Micros } from '../../kernel/types.ts';
import type { OperationSeen } from '../../measures/replicatedQueue/operations.ts';
import { inWords, resultInWords } from '../../scenarios/worlds/replicatedQueue/words.ts';
import { formatDuration, formatTime } from '../../ui/index.ts';

/** The mark of an end, beside its colour. */
export const MARKS: { readonly [look in OperationLook]: string } = { ok: '✓', refused: '✕', unknown: '?', open: '…' };

/** What the marks and colours mean. */
export const LOOKS: readonly { readonly look: OperationLook; readonly words: string }[] = [
  { look: 'ok', words: 'done' },
  { look: 'refused', words: 'failed: it did not happen' },
  { look: 'unknown', words: 'unknown: perhaps it happened' },
  { look: 'open', words: 'no answer yet' },
];

const UNKNOWN: { readonly [because: string]: string } = {
  noAnswer: 'no answer came',
  leadershipLost: 'the leader was deposed meanwhile',
  sessionExpired: 'its session was forgotten',
  clientCrashed: 'the client went down',
};

/** An operation with all that its client knows at the moment that is looked at. `who`: "Client 1". */
export function operationInWords(seen: OperationSeen, look: OperationLook, who: string, viewMicros: Micros): string {
  const { operation, number, invokedMicros, end } = seen;
  const retries = seen.retries.filter(({ atMicros }) => atMicros <= viewMicros).length;
  const again = retries === 0 ? '' : `, asked again ${retries === 1 ? 'once' : `${retries} times`}`;
  const begin = `${who}, request ${number}: ${inWords(operation)}. Called at ${formatTime(invokedMicros)}${again}; `;
  if (look === 'open' || end === undefined) {
    return `${begin}no answer yet, after ${formatDuration(viewMicros - invokedMicros)}.`;
  }
  const after = formatDuration(end.atMicros - invokedMicros);
  if (look === 'ok') return `${begin}done after ${after}${resultInWords(end.result)}.`;
  if (look === 'refused') return `${begin}refused after ${after}: it did not happen.`;
  return `${begin}given up after ${after}: ${UNKNOWN[end.because ?? ''] ?? end.because}. It may have happened or not.`;
}

/** As short as a bar: "write x = 4", "read x → 4". */
export function shortWords({ operation, end }: OperationSeen, look: OperationLook): string {
  if (operation.op === 'read' && look === 'ok' && end?.result !== undefined && 'value' in end.result) {
    return `${inWords(operation)} → ${end.result.value ?? 'not set'}`;
  }
  return inWords(operation);
}
