import type { Address, Micros, TraceEntry } from '../../kernel/types.ts';
import type { Acting } from '../../protocols/election/whoActs.ts';
import { addDuration, type Durations, noDurations, slide } from '../window.ts';

/** How soon it was noticed that a leader is gone, and how often wrongly. */
export type Detection = {
  /** Leaders that crashed or were paused while they acted, and nobody has noticed yet: since when. */
  readonly unnoticed: readonly { readonly who: Address; readonly sinceMicros: Micros }[];
  readonly timeToDetect: Durations;
  readonly lastMicros: Micros | undefined;
  /** Suspicions of a coordinator that was acting as the leader at that instant; each observer counts. */
  readonly falseSuspicions: number;
};

export function noDetection(): Detection {
  return { unnoticed: [], timeToDetect: noDurations(), lastMicros: undefined, falseSuspicions: 0 };
}

export const DETECTION_KINDS: readonly string[] = [
  ...['crashed', 'paused', 'restarted', 'resumed', 'leaderSuspected', 'leaseExpired'],
];

/** After an entry; `acting` are those who acted before it. */
export function followDetection(before: Detection, entry: TraceEntry, acting: readonly Acting[]): Detection {
  const { kind, address, atMicros, data } = entry;
  switch (kind) {
    case 'crashed':
    case 'paused': {
      const isLeader = acting.some(({ who }) => who === address);
      if (!isLeader) return before;
      return { ...before, unnoticed: [...before.unnoticed, { who: address, sinceMicros: atMicros }] };
    }
    case 'restarted':
    case 'resumed':
      return without(before, address);
    case 'leaderSuspected':
      return noticed(before, data.who as Address, entry, acting);
    case 'leaseExpired':
      // A stand-by that judges a lease has said already that it suspects its holder.
      return data.judgedBy === 'service' ? noticed(before, data.holder as Address, entry, acting) : before;
    default:
      return before;
  }
}

function without(detection: Detection, who: Address): Detection {
  const unnoticed = detection.unnoticed.filter((one) => one.who !== who);
  return unnoticed.length === detection.unnoticed.length ? detection : { ...detection, unnoticed };
}

function noticed(before: Detection, who: Address, { atMicros }: TraceEntry, acting: readonly Acting[]): Detection {
  if (acting.some((one) => one.who === who)) return { ...before, falseSuspicions: before.falseSuspicions + 1 };
  const gone = before.unnoticed.find((one) => one.who === who);
  if (gone === undefined) return before;
  const lastMicros = atMicros - gone.sinceMicros;
  const timeToDetect = addDuration(slide(before.timeToDetect, atMicros), atMicros, lastMicros);
  return { ...without(before, who), lastMicros, timeToDetect };
}
