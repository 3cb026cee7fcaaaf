import { parseAddress } from '../kernel/addresses.ts';
import type { Address, Micros } from '../kernel/types.ts';
import type { Lanes } from '../measures/leaderElection/lanes.ts';
import { hueOfTerm } from './hue.ts';

/** A stretch of the timeline for one coordinator; places are shares of the whole run, from 0 to 1. */
export type LaneBand = {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** From 0, in the order of the coordinators. */
  readonly lane: number;
  readonly kind: 'belief' | 'overlap';
  /** "33 · C1", and shorter where there is less room; empty words where there is none. */
  readonly words: readonly string[];
  readonly hue: number;
  readonly sentence: string;
};

const seconds = (micros: Micros): string => `${(micros / 1_000_000).toFixed(2)} s`;
const named = (address: Address): string => address.replace('-', ' ');

/** The timeline's lanes: who took itself for the leader when, and where two acted at once, as far as the run has come. */
export function laneBands(
  lanes: Lanes,
  coordinators: readonly Address[],
  frontierMicros: Micros,
  untilMicros: Micros,
): readonly LaneBand[] {
  const share = (micros: Micros): number => Math.max(0, Math.min(1, micros / Math.max(1, untilMicros)));
  const beliefs = lanes.beliefs.map(({ who, token, fromMicros, toMicros }): LaneBand => {
    const end = toMicros ?? frontierMicros;
    return {
      key: `${who} ${fromMicros}`,
      from: share(fromMicros),
      to: share(end),
      lane: coordinators.indexOf(who),
      kind: 'belief',
      words: [`${token} · C${parseAddress(who).number}`, String(token), ''],
      hue: hueOfTerm(token),
      sentence: `${named(who)} took itself for the leader with token ${token} from ${seconds(fromMicros)} to ${seconds(end)}`,
    };
  });
  const overlaps = lanes.overlaps.flatMap(({ who, fromMicros, toMicros }): LaneBand[] => {
    const end = toMicros ?? frontierMicros;
    const sentence = `${who.map(named).join(' and ')} acted at once from ${seconds(fromMicros)} to ${seconds(end)}`;
    return who.map((one) => ({
      key: `overlap ${one} ${fromMicros}`,
      from: share(fromMicros),
      to: share(end),
      lane: coordinators.indexOf(one),
      kind: 'overlap',
      words: [''],
      hue: 0,
      sentence,
    }));
  });
  return [...beliefs, ...overlaps].filter(({ lane, from, to }) => lane >= 0 && to > from);
}
