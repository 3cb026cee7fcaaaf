import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import type { Address, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { type Fence, isStale, NO_FENCE, passFence } from '../../protocols/election/fence.ts';
import { LOCK_SERVICE } from '../../protocols/election/places.ts';
import type { Coordinator, EndOfLeadership, LockService, Token } from '../../protocols/election/types.ts';
import {
  ACTING_KINDS,
  type Acting,
  followActing,
  isCoordinator,
  leadingData,
} from '../../protocols/election/whoActs.ts';
import type { Measure } from '../measure.ts';
import { WRITE_KINDS } from './writes.ts';

/** True simulated time from when to when; `toMicros` is undefined while it goes on. */
export type Span = { readonly fromMicros: Micros; readonly toMicros: Micros | undefined };

/** Someone took itself for the leader. */
export type Belief = Span & {
  readonly who: Address;
  readonly token: Token;
  /** Why it ended; undefined while it goes on. */
  readonly because: EndOfLeadership | 'crashed' | undefined;
  /** While it was paused it believed, but could do nothing. */
  readonly pauses: readonly Span[];
  /** The trace entry with which it began. */
  readonly entryId: number;
};

/** The lock service's disk said that someone holds the lead. */
export type GrantSpan = Span & {
  readonly holder: Address;
  readonly token: Token;
  /** `replaced`: another grant took its place (a stand-by had judged). */
  readonly because: 'released' | 'expired' | 'replaced' | undefined;
};

/** Two or more acted as leaders. */
export type Overlap = Span & { readonly who: readonly Address[] };

/** A write that storage accepted or refused. */
export type WriteMark = {
  readonly atMicros: Micros;
  readonly jobId: number;
  readonly from: Address;
  readonly token: Token;
  readonly isAccepted: boolean;
  readonly isStale: boolean;
  readonly entryId: number;
};

/** What the lanes show, the oldest first. */
export type Lanes = {
  readonly beliefs: readonly Belief[];
  readonly grants: readonly GrantSpan[];
  readonly overlaps: readonly Overlap[];
  readonly writes: ChunkedVector<WriteMark>;
  readonly acting: readonly Acting[];
  readonly fence: Fence;
};

/** Keyframes hold them, so their number is bounded. */
export const SPANS_KEPT = 64;
export const WRITES_KEPT = 256;

/**
 * Who believed to lead from when to when and with which token, who was granted the lead, where leaders overlapped, and
 * what they wrote: the last of each. It has no figures of its own.
 */
export const leadershipLanes: Measure<Lanes> = {
  id: 'leadershipLanes',
  hears: [...ACTING_KINDS, ...WRITE_KINDS, 'diskSynced', 'diskWiped', 'leaseReleased', 'leaseExpired'],
  start: { beliefs: [], grants: [], overlaps: [], writes: emptyVector(), acting: [], fence: NO_FENCE },
  step,
  figures: () => [],
};

function step(lanes: Lanes, entry: TraceEntry, view: WorldView): Lanes {
  const { kind, address } = entry;
  if (WRITE_KINDS.includes(kind)) return withWrite(lanes, entry);
  if (address === LOCK_SERVICE) return followGrant(lanes, entry, view);
  return isCoordinator(address) ? followBelief(followOverlap(lanes, entry, view), entry, view) : lanes;
}

function withWrite(lanes: Lanes, { id, kind, atMicros, data }: TraceEntry): Lanes {
  const { fence } = lanes;
  const from = data.from as Address;
  const token = data.token as Token;
  const isAccepted = kind === 'writeAccepted';
  const mark = { isAccepted, isStale: isStale(fence, token, from), entryId: id };
  const writes = lanes.writes.append({ atMicros, jobId: data.jobId as number, from, token, ...mark });
  return {
    ...lanes,
    fence: isAccepted ? passFence(fence, token, from) : fence,
    writes: writes.dropFront(writes.size - WRITES_KEPT),
  };
}

function kept<T>(spans: readonly T[]): readonly T[] {
  return spans.length > SPANS_KEPT ? spans.slice(-SPANS_KEPT) : spans;
}

function followBelief(lanes: Lanes, entry: TraceEntry, view: WorldView): Lanes {
  const { address: who, atMicros, id } = entry;
  const process = view.process(who);
  const data = leadingData(process);
  const open = lanes.beliefs.find((one) => one.who === who && one.toMicros === undefined);
  if (data === undefined) {
    if (open === undefined) return lanes;
    const hasCrashed = process === undefined || process.status === 'crashed';
    const because = hasCrashed ? 'crashed' : ((process.data as Coordinator).lastEnd ?? 'lost');
    const ended = { ...open, toMicros: atMicros, because, pauses: closed(open.pauses, atMicros) } as const;
    return { ...lanes, beliefs: replaced(lanes.beliefs, open, ended) };
  }
  const token = data.token ?? 0;
  if (open === undefined) {
    const begun: Belief = {
      ...{ who, token, fromMicros: atMicros, toMicros: undefined },
      ...{ because: undefined, pauses: [], entryId: id },
    };
    return { ...lanes, beliefs: kept([...lanes.beliefs, begun]) };
  }
  const isPaused = process?.status === 'paused';
  const wasPaused = open.pauses.length > 0 && open.pauses[open.pauses.length - 1]!.toMicros === undefined;
  if (token === open.token && isPaused === wasPaused) return lanes;
  const pauses = isPaused
    ? wasPaused
      ? open.pauses
      : kept([...open.pauses, { fromMicros: atMicros, toMicros: undefined }])
    : closed(open.pauses, atMicros);
  return { ...lanes, beliefs: replaced(lanes.beliefs, open, { ...open, token, pauses }) };
}

function replaced<T>(all: readonly T[], one: T, by: T): readonly T[] {
  return all.map((other) => (other === one ? by : other));
}

function closed(pauses: readonly Span[], atMicros: Micros): readonly Span[] {
  const last = pauses[pauses.length - 1];
  if (last === undefined || last.toMicros !== undefined) return pauses;
  return [...pauses.slice(0, -1), { ...last, toMicros: atMicros }];
}

/** An overlap that took no time is none: the one has stopped in the instant in which the other began. */
function followOverlap(lanes: Lanes, entry: TraceEntry, view: WorldView): Lanes {
  const acting = followActing(lanes.acting, entry, view);
  if (acting === lanes.acting) return lanes;
  const { atMicros } = entry;
  const { overlaps } = lanes;
  const who = acting.map((one) => one.who);
  const last = overlaps[overlaps.length - 1];
  const open = last?.toMicros === undefined ? last : undefined;
  if (open === undefined) {
    if (who.length < 2) return { ...lanes, acting };
    return { ...lanes, acting, overlaps: kept([...overlaps, { fromMicros: atMicros, toMicros: undefined, who }]) };
  }
  const others = overlaps.slice(0, -1);
  if (who.length >= 2) {
    const all = [...open.who, ...who.filter((one) => !open.who.includes(one))];
    return { ...lanes, acting, overlaps: [...others, { ...open, who: all }] };
  }
  if (open.fromMicros === atMicros) return { ...lanes, acting, overlaps: others };
  return { ...lanes, acting, overlaps: [...others, { ...open, toMicros: atMicros }] };
}

function followGrant(lanes: Lanes, entry: TraceEntry, view: WorldView): Lanes {
  const { kind, atMicros } = entry;
  const last = lanes.grants[lanes.grants.length - 1];
  if (kind === 'leaseReleased' || kind === 'leaseExpired') {
    // It is told right after the disk has let go of the grant, or has given it to the next in line.
    const because = kind === 'leaseReleased' ? 'released' : 'expired';
    const gone = lanes.grants.filter((one) => one.holder === entry.data.holder && one.toMicros === atMicros).at(-1);
    return gone === undefined ? lanes : { ...lanes, grants: replaced(lanes.grants, gone, { ...gone, because }) };
  }
  if (kind !== 'diskSynced' && kind !== 'diskWiped') return lanes;
  const grant = (view.process(LOCK_SERVICE)?.disk as LockService | undefined)?.grant;
  const open = last?.toMicros === undefined ? last : undefined;
  if (open?.holder === grant?.holder && open?.token === grant?.token) return lanes;
  const because = grant === undefined ? undefined : ('replaced' as const);
  const grants =
    open === undefined ? lanes.grants : replaced(lanes.grants, open, { ...open, toMicros: atMicros, because });
  if (grant === undefined) return { ...lanes, grants };
  const { holder, token } = grant;
  const begun: GrantSpan = { holder, token, fromMicros: atMicros, toMicros: undefined, because: undefined };
  return { ...lanes, grants: kept([...grants, begun]) };
}
