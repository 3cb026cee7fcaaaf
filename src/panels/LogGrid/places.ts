import type { Columns, LogPlan } from '../../geometry/logGrid.ts';

/** Sizes in rem, so that the projector's larger type enlarges them. The sheet has the same. */
export const COLUMN_REM = 2.25;
export const HEAD_REM = 7;
/** Room at the left for what lies in a snapshot on all servers. */
const SNAPSHOT_REM = 3.5;

/** So wide before the page has been laid out. */
const WIDTH_GUESSED_REM = 48;

/** Where a column begins, in rem from the end of the heads. */
export function placeOfColumn(index: number, { firstIndex, hasSnapshot }: LogPlan): number {
  return (hasSnapshot ? SNAPSHOT_REM : 0) + (index - firstIndex) * COLUMN_REM;
}

/** The columns in sight, and one more at both sides. */
export function columnsInSight(
  plan: LogPlan,
  seen: { readonly widthPx: number; readonly scrollPx: number; readonly remPx: number; readonly isAtEnd: boolean },
): Columns {
  const { firstIndex, lastIndex } = plan;
  const widthRem = seen.widthPx > 0 ? seen.widthPx / seen.remPx : WIDTH_GUESSED_REM;
  const count = Math.ceil((widthRem - HEAD_REM) / COLUMN_REM) + 2;
  const scrolled = Math.floor((seen.scrollPx / seen.remPx - placeOfColumn(firstIndex, plan)) / COLUMN_REM);
  const from = Math.max(firstIndex, seen.isAtEnd ? lastIndex - count + 1 : firstIndex + scrolled - 1);
  return { from, to: Math.min(lastIndex, from + count) };
}
