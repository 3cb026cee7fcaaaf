import { microsOfMs, msOfMicros } from '../kernel/time.ts';
import type { Command, Micros } from '../kernel/types.ts';
import type { Scenario, ScenarioEntry } from '../scenarios/types.ts';

/** A scenario under way, and which of its script entries are the person's own deeds. */
export type OwnedScenario = { readonly scenario: Scenario; readonly own: readonly boolean[] };

/** A scenario as it was opened: nothing in it is an own deed. */
export function asOpened(scenario: Scenario): OwnedScenario {
  return { scenario, own: scenario.script.map(() => false) };
}

export function momentOf(entry: ScenarioEntry): Micros {
  return microsOfMs(entry.atMs);
}

/**
 * Adds a deed (contracts §6): every opened entry stays, and every own deed at or before its instant; own deeds after it
 * leave. It goes behind all entries of its own instant. `index` is its place, `left` says how many deeds left.
 */
export function withDeed(
  { scenario, own }: OwnedScenario,
  atMicros: Micros,
  command: Command,
): OwnedScenario & { readonly index: number; readonly left: number } {
  const deed: ScenarioEntry = { atMs: msOfMicros(atMicros), ...command };
  const before: ScenarioEntry[] = [];
  const after: ScenarioEntry[] = [];
  const ownBefore: boolean[] = [];
  let left = 0;
  scenario.script.forEach((entry, index) => {
    if (momentOf(entry) <= atMicros) {
      before.push(entry);
      ownBefore.push(own[index]!);
    } else if (own[index]) left++;
    else after.push(entry);
  });
  return {
    scenario: { ...scenario, script: [...before, deed, ...after] },
    own: [...ownBefore, true, ...after.map(() => false)],
    index: before.length,
    left,
  };
}

export function withoutEntry({ scenario, own }: OwnedScenario, index: number): OwnedScenario {
  return {
    scenario: { ...scenario, script: scenario.script.filter((_, i) => i !== index) },
    own: own.filter((_, i) => i !== index),
  };
}

/** The same instant, another command. The entry becomes the person's own. */
export function withCommand({ scenario, own }: OwnedScenario, index: number, command: Command): OwnedScenario {
  const replaced = (entry: ScenarioEntry, i: number): ScenarioEntry =>
    i === index ? { atMs: entry.atMs, ...command } : entry;
  return {
    scenario: { ...scenario, script: scenario.script.map(replaced) },
    own: own.map((isOwn, i) => isOwn || i === index),
  };
}

/** The earliest instant from which two scripts may differ, undefined where they are the same. */
export function firstDifference(a: readonly ScenarioEntry[], b: readonly ScenarioEntry[]): Micros | undefined {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const one = a[index];
    const other = b[index];
    if (one === other || (one && other && JSON.stringify(one) === JSON.stringify(other))) continue;
    return Math.min(one ? momentOf(one) : Number.POSITIVE_INFINITY, other ? momentOf(other) : Number.POSITIVE_INFINITY);
  }
  return undefined;
}
