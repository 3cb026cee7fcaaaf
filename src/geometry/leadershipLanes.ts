import { parseAddress } from '../kernel/addresses.ts';
import type { Address, Micros } from '../kernel/types.ts';
import type { Belief, GrantSpan, Lanes, Overlap, WriteMark } from '../measures/leaderElection/lanes.ts';
import type { Token } from '../protocols/election/types.ts';
import { hueOfTerm } from './hue.ts';
import { placeOf, type TimeWindow } from './operationBars.ts';

/** A stretch along the time, in pixels from the window's left edge. */
export type Stretch = { readonly x: number; readonly width: number };

/** Someone took itself for the leader. */
export type BeliefBand = Stretch & {
  readonly key: string;
  readonly belief: Belief;
  readonly token: Token;
  readonly hue: number;
  /** While it was paused it believed, and could do nothing. */
  readonly pauses: readonly Stretch[];
  /** "33 · C1", and shorter where there is less room. */
  readonly words: readonly string[];
};

/** The lock service had someone for the holder. */
export type GrantLine = Stretch & { readonly key: string; readonly grant: GrantSpan; readonly hue: number };

/** Two or more acted at once. */
export type OverlapBand = Stretch & {
  readonly key: string;
  readonly overlap: Overlap;
  readonly micros: Micros;
  readonly isOpen: boolean;
};

export type WritePoint = {
  readonly key: string;
  readonly x: number;
  readonly look: 'accepted' | 'refused' | 'stale';
  readonly write: WriteMark;
};

export type LeadershipLane = {
  readonly who: Address;
  readonly beliefs: readonly BeliefBand[];
  readonly grants: readonly GrantLine[];
  readonly overlaps: readonly OverlapBand[];
  readonly writes: readonly WritePoint[];
};

export type LeadershipPicture = {
  readonly lanes: readonly LeadershipLane[];
  /** All overlaps, each once. */
  readonly overlaps: readonly OverlapBand[];
  /** Times in which nobody acted, from the first leader on. */
  readonly gaps: readonly (Stretch & { readonly key: string; readonly micros: Micros; readonly isOpen: boolean })[];
};

export type LanesFrame = {
  readonly coordinators: readonly Address[];
  readonly window: TimeWindow;
  readonly widthPx: number;
  /** What goes on ends here. */
  readonly nowMicros: Micros;
};

/** Narrower, a band could not be seen. */
const BAND_LEAST_PX = 2;
/** So narrow a gap between leaders is none that one could see, in pixels. */
const GAP_LEAST_PX = 2;

type Open = { readonly fromMicros: Micros; readonly toMicros: Micros | undefined };

/** Who believed to lead, who was granted the lead, where leaders overlapped: one lane a coordinator. */
export function leadershipPicture(lanes: Lanes, frame: LanesFrame): LeadershipPicture {
  const { window, widthPx, nowMicros } = frame;

  function stretch({ fromMicros, toMicros }: Open): Stretch | undefined {
    const end = Math.min(toMicros ?? nowMicros, nowMicros);
    if (end < window.fromMicros || fromMicros > window.toMicros || end < fromMicros) return undefined;
    const x = Math.max(0, placeOf(fromMicros, window, widthPx));
    const to = Math.min(widthPx, placeOf(end, window, widthPx));
    return { x, width: Math.max(BAND_LEAST_PX, to - x) };
  }

  const overlaps = lanes.overlaps.flatMap((overlap): OverlapBand[] => {
    const at = stretch(overlap);
    const isOpen = overlap.toMicros === undefined;
    const micros = (overlap.toMicros ?? nowMicros) - overlap.fromMicros;
    return at === undefined ? [] : [{ ...at, key: `${overlap.fromMicros}`, overlap, micros, isOpen }];
  });

  const bandOf = (belief: Belief): BeliefBand[] => {
    const at = stretch(belief);
    if (at === undefined) return [];
    const { token, who, fromMicros } = belief;
    return [
      {
        ...at,
        key: `${who} ${fromMicros}`,
        belief,
        token,
        hue: hueOfTerm(token),
        pauses: belief.pauses.flatMap((pause) => stretch(pause) ?? []),
        words: [`${token} · C${parseAddress(who).number}`, String(token)],
      },
    ];
  };

  const writes = lanes.writes.toArray();
  return {
    lanes: frame.coordinators.map((who) => ({
      who,
      beliefs: lanes.beliefs.filter((one) => one.who === who).flatMap(bandOf),
      grants: lanes.grants
        .filter(({ holder }) => holder === who)
        .flatMap((grant): GrantLine[] => {
          const at = stretch(grant);
          return at === undefined ? [] : [{ ...at, key: `${grant.fromMicros}`, grant, hue: hueOfTerm(grant.token) }];
        }),
      overlaps: overlaps.filter(({ overlap }) => overlap.who.includes(who)),
      writes: writes
        .filter(({ from, atMicros }) => from === who && atMicros >= window.fromMicros && atMicros <= window.toMicros)
        .map((write) => ({
          key: String(write.entryId),
          x: placeOf(write.atMicros, window, widthPx),
          look: lookOf(write),
          write,
        })),
    })),
    overlaps,
    gaps: gapsOf(lanes.beliefs, nowMicros).flatMap((gap) => {
      const at = stretch(gap);
      if (at === undefined || at.width <= GAP_LEAST_PX) return [];
      const micros = (gap.toMicros ?? nowMicros) - gap.fromMicros;
      return [{ ...at, key: `${gap.fromMicros}`, micros, isOpen: gap.toMicros === undefined }];
    }),
  };
}

function lookOf({ isAccepted, isStale }: WriteMark): WritePoint['look'] {
  return !isAccepted ? 'refused' : isStale ? 'stale' : 'accepted';
}

/** Times in which nobody acted: no belief, or none but of those who are paused. */
export function gapsOf(beliefs: readonly Belief[], nowMicros: Micros): readonly Open[] {
  const spans = beliefs.flatMap(actingSpans).sort((a, b) => a.fromMicros - b.fromMicros);
  const gaps: Open[] = [];
  let coveredTo = spans[0]?.fromMicros;
  if (coveredTo === undefined) return [];
  for (const { fromMicros, toMicros } of spans) {
    if (fromMicros > coveredTo) gaps.push({ fromMicros: coveredTo, toMicros: fromMicros });
    coveredTo = Math.max(coveredTo, toMicros ?? nowMicros);
  }
  return coveredTo < nowMicros ? [...gaps, { fromMicros: coveredTo, toMicros: undefined }] : gaps;
}

/** A belief without its pauses. */
function actingSpans({ fromMicros, toMicros, pauses }: Belief): readonly Open[] {
  const spans: Open[] = [];
  let from: Micros | undefined = fromMicros;
  for (const pause of pauses) {
    if (from !== undefined) spans.push({ fromMicros: from, toMicros: pause.fromMicros });
    from = pause.toMicros;
  }
  return from === undefined ? spans : [...spans, { fromMicros: from, toMicros }];
}
