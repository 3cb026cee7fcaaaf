import { type ChunkedVector, emptyVector } from '../../kernel/chunkedVector.ts';
import type { Address, Message, Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { leadingData } from '../../protocols/election/whoActs.ts';
import type { Measure } from '../measure.ts';

/** A heartbeat that reached a coordinator. */
export type Heartbeat = { readonly observer: Address; readonly from: Address; readonly atMicros: Micros };

/** A coordinator took another one for gone. */
export type Suspicion = {
  readonly observer: Address;
  readonly who: Address;
  readonly atMicros: Micros;
  /** The suspicion level then, where the detector accrues. */
  readonly phi: number | undefined;
  /** The one that was suspected was up and took itself for the leader. */
  readonly isFalse: boolean;
  readonly entryId: number;
};

/** Who heard whom, and who suspected whom: the latest of each, the newest last. */
export type Hearing = {
  readonly heartbeats: ChunkedVector<Heartbeat>;
  readonly suspicions: readonly Suspicion[];
};

/** Keyframes hold them, so their number is bounded. */
export const HEARTBEATS_KEPT = 512;
export const SUSPICIONS_KEPT = 64;

/** Heartbeats and suspicions over time, for the chart of the detector. It has no figures of its own. */
export const hearing: Measure<Hearing> = {
  id: 'hearing',
  hears: ['messageDelivered', 'leaderSuspected'],
  start: { heartbeats: emptyVector(), suspicions: [] },
  step,
  figures: () => [],
};

function step(before: Hearing, { kind, address, atMicros, id, data }: TraceEntry, view: WorldView): Hearing {
  if (kind === 'messageDelivered') {
    if ((data.message as Message).kind !== 'heartbeat') return before;
    const heartbeats = before.heartbeats.append({ observer: address, from: data.from as Address, atMicros });
    return { ...before, heartbeats: heartbeats.dropFront(heartbeats.size - HEARTBEATS_KEPT) };
  }
  const who = data.who as Address;
  const process = view.process(who);
  const isFalse = process?.status === 'up' && leadingData(process) !== undefined;
  const phi = data.phi as number | undefined;
  const suspicions = [...before.suspicions, { observer: address, who, atMicros, phi, isFalse, entryId: id }];
  return { ...before, suspicions: suspicions.slice(-SUSPICIONS_KEPT) };
}
