import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import type { Term } from '../../protocols/raft/index.ts';
import type { Measure } from '../measure.ts';
import { reignOf } from './reign.ts';

/** From here on someone leads a term that a majority can follow, or nobody does. It lasts until the next one begins. */
export type Spell = { readonly fromMicros: Micros; readonly leader: Address | undefined; readonly term: Term };

/** Something that is wrong for a while: a split or cut network, a process that is down or paused. */
export type Trouble = {
  readonly kind: 'split' | 'cut' | 'paused' | 'down';
  /** Who it is about: an address, or the two ends of a link; empty for a split. */
  readonly about: string;
  readonly fromMicros: Micros;
  /** Undefined while it lasts. */
  readonly toMicros: Micros | undefined;
};

export type MomentKind = 'election' | 'leader' | 'stepDown' | 'commit' | 'refusal' | 'drop' | 'fault';

/** An instant at which something happened that is worth a look. Several at one instant count once, as the first. */
export type Moment = { readonly atMicros: Micros; readonly kind: MomentKind };

/** The run on one line. */
export type Tape = {
  readonly spells: ChunkedVector<Spell>;
  /** What is over, in the order in which it ended. */
  readonly troubles: ChunkedVector<Trouble>;
  /** What lasts, by its key. */
  readonly lasting: ReadonlyMap<string, Trouble>;
  readonly moments: ChunkedVector<Moment>;
  readonly commitIndex: number;
};

/** A line on which nothing has happened yet. */
export const EMPTY_TAPE: Tape = {
  spells: emptyVector(),
  troubles: emptyVector(),
  lasting: new Map(),
  moments: emptyVector(),
  commitIndex: 0,
};

const MOMENTS: { readonly [kind: string]: MomentKind } = {
  electionStarted: 'election',
  leaderElected: 'leader',
  steppedDown: 'stepDown',
  messageDropped: 'drop',
  crashed: 'fault',
  paused: 'fault',
  partitioned: 'fault',
  healed: 'fault',
};

/** What may change whom a majority can follow. */
const REIGN_KINDS = new Set([
  ...['started', 'restarted', 'crashed', 'paused', 'resumed', 'left'],
  ...['partitioned', 'healed', 'linkCut', 'linkMended'],
  ...['voteGranted', 'electionStarted', 'leaderElected', 'steppedDown', 'configurationChanged'],
]);

/** Terms and leaders over time, what was wrong when, and the moments worth a look: for the timeline. */
export const termTape: Measure<Tape> = {
  id: 'termTape',
  hears: [...REIGN_KINDS, 'messageDropped', 'committed'],
  start: EMPTY_TAPE,
  step,
  figures: () => [],
};

function step(before: Tape, entry: TraceEntry, view: WorldView): Tape {
  let tape = withMoment(before, entry);
  if (!REIGN_KINDS.has(entry.kind)) return tape;
  tape = withTrouble(tape, entry);
  const { leader, term } = reignOf(view);
  const last = tape.spells.last;
  if (last !== undefined && last.leader === leader && last.term === term) return tape;
  const spell: Spell = { fromMicros: entry.atMicros, leader, term };
  // What lasted no time at all was never there.
  const isAtOnce = last?.fromMicros === entry.atMicros;
  return { ...tape, spells: isAtOnce ? tape.spells.setLast(spell) : tape.spells.append(spell) };
}

function withMoment(tape: Tape, { kind, atMicros, data }: TraceEntry): Tape {
  if (kind === 'committed') {
    // Every server learns of it; the first one is the commit.
    const to = data.to as number;
    if (to <= tape.commitIndex) return tape;
    return addMoment({ ...tape, commitIndex: to }, { atMicros, kind: 'commit' });
  }
  const moment = MOMENTS[kind];
  return moment === undefined ? tape : addMoment(tape, { atMicros, kind: moment });
}

/** The tape with a moment more; of several at one instant the first counts. */
export function addMoment(tape: Tape, moment: Moment): Tape {
  return tape.moments.last?.atMicros === moment.atMicros ? tape : { ...tape, moments: tape.moments.append(moment) };
}

/** The tape after an entry with which something went wrong, or was set right. */
export function withTrouble(tape: Tape, { kind, address, atMicros, data }: TraceEntry): Tape {
  const begin = (key: string, trouble: Pick<Trouble, 'kind' | 'about'>): Tape => {
    // Who crashes is paused no more.
    const ended = endOf(tape, key, atMicros);
    return {
      ...ended,
      lasting: new Map([...ended.lasting, [key, { ...trouble, fromMicros: atMicros, toMicros: undefined }]]),
    };
  };
  switch (kind) {
    case 'partitioned':
      return begin(`rule ${String(data.id)}`, { kind: 'split', about: '' });
    case 'linkCut':
      return begin(`rule ${String(data.id)}`, { kind: 'cut', about: `${String(data.from)} ${String(data.to)}` });
    case 'crashed':
      return begin(address, { kind: 'down', about: address });
    case 'paused':
      return begin(address, { kind: 'paused', about: address });
    case 'healed':
    case 'linkMended':
      return endOf(tape, `rule ${String(data.id)}`, atMicros);
    case 'resumed':
    case 'restarted':
    case 'left':
      return endOf(tape, address, atMicros);
    default:
      return tape;
  }
}

function endOf(tape: Tape, key: string, toMicros: Micros): Tape {
  const trouble = tape.lasting.get(key);
  if (trouble === undefined) return tape;
  const lasting = new Map(tape.lasting);
  lasting.delete(key);
  return { ...tape, lasting, troubles: tape.troubles.append({ ...trouble, toMicros }) };
}

/** All that was or is wrong: what is over first, then what lasts. */
export function troublesOf(tape: Tape): readonly Trouble[] {
  return [...tape.troubles, ...tape.lasting.values()];
}
