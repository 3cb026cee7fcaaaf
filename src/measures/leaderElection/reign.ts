import type { Micros, TraceEntry, WorldView } from '../../kernel/types.ts';
import { type Acting, followActing } from '../../protocols/election/whoActs.ts';

/** How long something was so, in spells: finished ones, and the present one. */
export type Spells = {
  readonly sinceMicros: Micros | undefined;
  readonly totalMicros: Micros;
  readonly longestMicros: Micros;
  /** The latest one that is over. */
  readonly lastMicros: Micros | undefined;
  readonly count: number;
};

const NO_SPELLS: Spells = { sinceMicros: undefined, totalMicros: 0, longestMicros: 0, lastMicros: undefined, count: 0 };

/** Who acts as a leader, by true simulated time. */
export type Reign = {
  readonly acting: readonly Acting[];
  /** Nobody acts. The first spell begins with the run; it counts in the total, and not among the spells. */
  readonly leaderless: Spells;
  /** Two or more act. */
  readonly split: Spells;
};

export const NO_REIGN: Reign = { acting: [], leaderless: { ...NO_SPELLS, sinceMicros: 0 }, split: NO_SPELLS };

/** After an entry at a coordinator. */
export function followReign(before: Reign, entry: TraceEntry, view: WorldView): Reign {
  const acting = followActing(before.acting, entry, view);
  if (acting === before.acting) return before;
  const { atMicros } = entry;
  const isFirst = before.leaderless.totalMicros === 0 && before.leaderless.sinceMicros === 0;
  return {
    acting,
    leaderless: isFirst
      ? { ...NO_SPELLS, totalMicros: atMicros }
      : followSpell(before.leaderless, acting.length === 0, atMicros),
    split: followSpell(before.split, acting.length > 1, atMicros),
  };
}

/** It is so, or it is not so, from now on. A spell that took no time is none. */
function followSpell(spells: Spells, isSo: boolean, atMicros: Micros): Spells {
  const { sinceMicros } = spells;
  if (isSo === (sinceMicros !== undefined)) return spells;
  if (sinceMicros === undefined) return { ...spells, sinceMicros: atMicros };
  const micros = atMicros - sinceMicros;
  if (micros === 0) return { ...spells, sinceMicros: undefined };
  return {
    sinceMicros: undefined,
    totalMicros: spells.totalMicros + micros,
    longestMicros: Math.max(spells.longestMicros, micros),
    lastMicros: micros,
    count: spells.count + 1,
  };
}

/** How long the present spell has been going on; 0 where there is none. */
export function presentMicros({ sinceMicros }: Spells, nowMicros: Micros): Micros {
  return sinceMicros === undefined ? 0 : nowMicros - sinceMicros;
}
