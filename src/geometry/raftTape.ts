import { compareAddresses, parseAddress } from '../kernel/addresses.ts';
import type { Micros } from '../kernel/types.ts';
import { type Tape, type Trouble, troublesOf } from '../measures/replicatedQueue/tape.ts';
import { hueOfTerm } from './hue.ts';

/** A stretch of the timeline; places are shares of the whole run, from 0 to 1. */
export type TapeBand = {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly kind: 'leader' | 'nobody';
  /** "T3 · S2", and shorter where there is less room. */
  readonly words: readonly string[];
  readonly hue: number;
  /** In full, with the instants in seconds: "Server 2 leads term 3 from 0.93 s". */
  readonly sentence: string;
};

export type TroubleBand = {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly kind: Trouble['kind'];
  /** Troubles that last at the same time lie below one another. */
  readonly lane: number;
  readonly sentence: string;
};

export type TapeBands = {
  readonly terms: readonly TapeBand[];
  readonly troubles: readonly TroubleBand[];
};

/** So many troubles lie below one another; what is more shares the last lane. */
export const TROUBLE_LANES = 3;

const seconds = (micros: Micros): string => `${(micros / 1_000_000).toFixed(2)} s`;

/** The timeline's bands, as far as the run has come. */
export function tapeBands(tape: Tape, frontierMicros: Micros, untilMicros: Micros): TapeBands {
  const whole = Math.max(1, untilMicros);
  const share = (micros: Micros): number => Math.max(0, Math.min(1, micros / whole));
  const spells = tape.spells.toArray();
  const terms = spells.flatMap((spell, i): TapeBand[] => {
    const toMicros = spells[i + 1]?.fromMicros ?? frontierMicros;
    if (toMicros <= spell.fromMicros) return [];
    const { leader, term, fromMicros } = spell;
    const number = leader === undefined ? undefined : parseAddress(leader).number;
    const when = `from ${seconds(fromMicros)} to ${seconds(toMicros)}`;
    return [
      {
        key: `${fromMicros}`,
        from: share(fromMicros),
        to: share(toMicros),
        kind: leader === undefined ? 'nobody' : 'leader',
        words: leader === undefined ? ['nobody', ''] : [`T${term} · S${number}`, `T${term}`, ''],
        hue: hueOfTerm(term),
        sentence: leader === undefined ? `Nobody leads ${when}` : `Server ${number} leads term ${term} ${when}`,
      },
    ];
  });
  return { terms, troubles: inLanes(troublesOf(tape), frontierMicros, share) };
}

function inLanes(
  all: readonly Trouble[],
  frontierMicros: Micros,
  share: (micros: Micros) => number,
): readonly TroubleBand[] {
  const sorted = [...all].sort((a, b) => a.fromMicros - b.fromMicros || compareAddresses(a.about, b.about));
  /** Until when each lane is taken. */
  const taken: Micros[] = [];
  return sorted.map((trouble, i): TroubleBand => {
    const toMicros = Math.max(trouble.toMicros ?? frontierMicros, trouble.fromMicros);
    const free = taken.findIndex((until) => until <= trouble.fromMicros);
    const lane = free >= 0 ? free : Math.min(taken.length, TROUBLE_LANES - 1);
    taken[lane] = Math.max(taken[lane] ?? 0, toMicros);
    return {
      key: `${i} ${trouble.fromMicros}`,
      from: share(trouble.fromMicros),
      to: share(toMicros),
      kind: trouble.kind,
      lane,
      sentence: `${wordsOf(trouble)} from ${seconds(trouble.fromMicros)}${
        trouble.toMicros === undefined ? '' : ` to ${seconds(trouble.toMicros)}`
      }`,
    };
  });
}

function wordsOf({ kind, about }: Trouble): string {
  const names = about.split(' ').map((address) => address.replace('-', ' '));
  switch (kind) {
    case 'split':
      return 'The network is split';
    case 'cut':
      return `The link between ${names.join(' and ')} is cut`;
    case 'paused':
      return `${names[0]} is paused`;
    default:
      return `${names[0]} is down`;
  }
}
