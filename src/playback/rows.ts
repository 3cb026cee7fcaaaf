import type { Micros, TraceEntry } from '../kernel/types.ts';
import type { Sentence, World } from '../scenarios/types.ts';
import { BEFORE_BOOT, type History } from './history.ts';
import type { Told } from './types.ts';

/** Which rows are wanted; `last` bounds them to the youngest ones. */
export type RowFilter = { readonly itemId?: number; readonly address?: string; readonly last?: number };

/** How far is told: entries at or before an instant, of events up to a number. */
export type Until = { readonly micros: Micros; readonly event: number };

type Kept = { readonly rows: readonly Told[]; readonly micros: Micros; readonly event: number };

/** So many questions are remembered; the log and an open story ask the same ones all the time. */
const QUESTIONS_KEPT = 6;

/**
 * The run in sentences, told again on demand. An answer is kept and carried on when the same is asked for a later
 * instant; the youngest rows are looked for from the nearest keyframe backwards. One of these serves one script.
 */
export class Rows {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly history: History,
    private readonly world: World,
  ) {}

  tell(filter: RowFilter, until: Until): readonly Told[] {
    const question = JSON.stringify([filter.itemId ?? null, filter.address ?? null, filter.last ?? null]);
    const known = this.kept.get(question);
    const canGoOn = known !== undefined && known.micros <= until.micros && known.event <= until.event;
    const answer = canGoOn ? this.goOn(known, filter, until) : this.tellAnew(filter, until);
    this.kept.delete(question);
    this.kept.set(question, answer);
    if (this.kept.size > QUESTIONS_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return answer.rows;
  }

  private goOn(known: Kept, filter: RowFilter, until: Until): Kept {
    const told = this.stretch(known.event, filter, until);
    const rows = told.rows.length === 0 ? known.rows : youngest([...known.rows, ...told.rows], filter.last);
    return { rows, micros: until.micros, event: told.event };
  }

  private tellAnew(filter: RowFilter, until: Until): Kept {
    const { last } = filter;
    if (last === undefined) return { ...this.stretch(BEFORE_BOOT, filter, until), micros: until.micros };
    const starts = this.history
      .places()
      .filter((place) => place.eventCount < until.event && place.lastEventMicros <= until.micros)
      .map((place) => (place.eventCount === 0 ? BEFORE_BOOT : place.eventCount));
    let end = until;
    let reached = BEFORE_BOOT;
    let rows: readonly Told[] = [];
    for (let start = starts.pop() ?? BEFORE_BOOT; ; start = starts.pop() ?? BEFORE_BOOT) {
      const told = this.stretch(start, filter, end);
      reached = Math.max(reached, told.event);
      rows = [...told.rows, ...rows];
      if (rows.length >= last || start === BEFORE_BOOT) break;
      end = { micros: until.micros, event: start };
    }
    return { rows: youngest(rows, last), micros: until.micros, event: reached };
  }

  /** The rows after an event, which must not lie beyond the wanted instant. */
  private stretch(afterEvent: number, filter: RowFilter, until: Until): { rows: readonly Told[]; event: number } {
    const rows: Told[] = [];
    const event = this.history.retell({ afterEvent, untilMicros: until.micros, untilEvent: until.event }, (entry) => {
      const sentence = this.world.tell(entry);
      if (sentence !== undefined && passes(entry, sentence, filter)) rows.push({ entry, sentence });
    });
    return { rows, event };
  }
}

function passes(entry: TraceEntry, sentence: Sentence, { itemId, address }: RowFilter): boolean {
  if (itemId !== undefined && sentence.itemId !== itemId) return false;
  return address === undefined || entry.address === address || targetOf(entry) === address;
}

/** Whom a command names; so the story of a worker tells who crashed it. */
function targetOf(entry: TraceEntry): unknown {
  const command = entry.data.command;
  return typeof command === 'object' && command !== null && 'target' in command ? command.target : undefined;
}

function youngest(rows: readonly Told[], last: number | undefined): readonly Told[] {
  return last === undefined || rows.length <= last ? rows : rows.slice(rows.length - last);
}
