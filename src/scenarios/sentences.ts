import type { Checked, Problem } from './types.ts';

/** A refusal: where it stands, and one sentence that says what is there and what was expected. */
export function refuse(where: string, sentence: string): { readonly ok: false; readonly problem: Problem } {
  return { ok: false, problem: { where, sentence } };
}

export function accept<T>(value: T): Checked<T> {
  return { ok: true, value };
}

const SHOWN_CHARACTERS = 40;

/** A value as a sentence can carry it: short, on one line, without control characters. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(shorten(value));
    case 'number':
      return String(value);
    case 'boolean':
      return String(value);
    case 'undefined':
      return 'missing';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

function shorten(text: string): string {
  const oneLine = text.slice(0, SHOWN_CHARACTERS + 1).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
  return text.length > SHOWN_CHARACTERS ? `${oneLine.slice(0, SHOWN_CHARACTERS)}…` : oneLine;
}

/** `a`, `a or b`, `a, b or c`; a long list ends with how many more there are. */
export function oneOf(words: readonly string[], most = 12): string {
  const shown = words.slice(0, most);
  if (words.length > most) return `${shown.join(', ')} or one of ${words.length - most} more`;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} or ${shown[shown.length - 1]}`;
}

/** ` Did you mean crash?`, or nothing where no candidate is close. */
export function didYouMean(word: unknown, candidates: readonly string[]): string {
  const closest = typeof word === 'string' ? closestTo(word, candidates) : undefined;
  return closest === undefined ? '' : `. Did you mean ${closest}?`;
}

const LONGEST_GUESSED = 60;

/** The candidate with the fewest single-character edits, if they are few for the word's length. */
export function closestTo(word: string, candidates: readonly string[]): string | undefined {
  if (word.length === 0 || word.length > LONGEST_GUESSED) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let bestEdits = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the other. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let edits = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) edits = Math.min(edits, beforeLast[column - 2]! + 1);
      current.push(edits);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
