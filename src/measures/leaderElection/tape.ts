import type { TraceEntry } from '../../kernel/types.ts';
import type { Measure } from '../measure.ts';
import { addMoment, EMPTY_TAPE, type MomentKind, type Tape, withTrouble } from '../replicatedQueue/tape.ts';

const MOMENTS: { readonly [kind: string]: MomentKind } = {
  campaigned: 'election',
  leaderSuspected: 'election',
  leadershipBegan: 'leader',
  leadershipEnded: 'stepDown',
  writeRefused: 'refusal',
  messageDropped: 'drop',
  crashed: 'fault',
  paused: 'fault',
  resumed: 'fault',
  partitioned: 'fault',
  healed: 'fault',
};

const TROUBLES: readonly string[] = [
  ...['partitioned', 'healed', 'linkCut', 'linkMended'],
  ...['crashed', 'paused', 'resumed', 'restarted', 'left'],
];

/**
 * What was wrong when, and the moments worth a look: for the timeline. Who led when is in the lanes (`lanes.ts`): there may
 * be several at once.
 */
export const electionTape: Measure<Tape> = {
  id: 'termTape',
  hears: [...new Set([...Object.keys(MOMENTS), ...TROUBLES])],
  start: EMPTY_TAPE,
  step,
  figures: () => [],
};

function step(tape: Tape, entry: TraceEntry): Tape {
  const { kind, atMicros } = entry;
  const moment = MOMENTS[kind];
  const marked = moment === undefined ? tape : addMoment(tape, { atMicros, kind: moment });
  return TROUBLES.includes(kind) ? withTrouble(marked, entry) : marked;
}
