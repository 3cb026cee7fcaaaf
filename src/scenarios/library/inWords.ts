import type { ScenarioEntry } from '../types.ts';

/*
 * A scenario's numbers in its own words, so that title, question and answers can't drift from its data. What is said of
 * a released scenario stays the same to the byte: these forms are frozen with it.
 */

const WORDS = 'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen'.split(' ');

/** A whole number as a word: `inWords(12)` → "twelve", `inWords(20)` → "twenty"; others in digits. */
export function inWords(count: number): string {
  return count === 20 ? 'twenty' : (WORDS[count] ?? String(count));
}

/** How often, as a word: "once", "twice", "five times". */
export function timesInWords(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${inWords(count)} times`;
}

/** A span in seconds: `secondsOf(3_500)` → "3.5 seconds". Takes milliseconds. */
export function secondsOf(ms: number): string {
  return ms === 1_000 ? '1 second' : `${ms / 1_000} seconds`;
}

/** Where a sentence begins: "Twelve". */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** When the script first does this; an invariant of the file that asks, so a word that is not there throws. */
export function momentOf(script: readonly ScenarioEntry[], verb: string): number {
  const entry = script.find((one) => one.do === verb);
  if (entry === undefined) throw new Error(`the script does not ${verb}`);
  return entry.atMs;
}
