import type { Address, TraceEntry } from '../kernel/types.ts';
import { BROKER, RESULT_STORE } from '../protocols/workQueue/index.ts';

/** Where an image has been, oldest first, from the entries about it. One who had it twice in a row stands once. */
export function visitedBy(entries: readonly TraceEntry[]): readonly Address[] {
  const visited: Address[] = [];
  for (const entry of entries) {
    const place = placeOf(entry);
    if (place !== undefined && visited.at(-1) !== place) visited.push(place);
  }
  return visited;
}

function placeOf({ kind, address }: TraceEntry): Address | undefined {
  switch (kind) {
    case 'itemEnqueued':
    case 'itemReleased':
    case 'visibilityExpired':
      return BROKER;
    case 'effectApplied':
    case 'duplicateRecognised':
      return RESULT_STORE;
    case 'itemCreated':
    case 'workStarted':
    case 'workFailed':
    case 'letterArrived':
    case 'callRefused':
      return address;
    default:
      return undefined;
  }
}
