import { expect } from 'vitest';
import type { Simulation, Snapshot } from '../../src/kernel/simulation.ts';
import type { Address, Fold, Micros, TraceEntry, WorldView } from '../../src/kernel/types.ts';
import { begin, type Generated, play } from './generated.ts';

/** A law holds for any scenario of any world; `choices` are numbers in [0, 1) for what the law itself may choose. */
export type Law = (scenario: Generated, choices: readonly number[]) => void;

// ————— the same scenario, the same trace —————

/** Run twice. */
export const sameTwice: Law = (scenario) => {
  const [first, second] = [play(scenario), play(scenario)];
  for (const [i, entry] of first.entries.entries()) expectSame(second.entries[i], entry);
  expect(second.entries).toHaveLength(first.entries.length);
  expect(second.hash).toBe(first.hash);
};

/** The script that live deeds left behind runs as they did, also where they fell on the microsecond of other events. */
export const sameAsLive: Law = (scenario) => {
  expect(play(scenario).hash).toBe(scenario.liveHash);
};

/** Run in slices of any sizes, none and tiny ones among them. */
export const sameInSlices: Law = (scenario, choices) => {
  const simulation = begin(scenario, { hash: true });
  let at = 0;
  for (const choice of choices) {
    at += Math.floor(choice < 0.2 ? choice * 10 : (choice * scenario.untilMicros) / 4);
    simulation.runUntil(Math.min(at, scenario.untilMicros));
  }
  simulation.runUntil(scenario.untilMicros);
  expect(simulation.hash()).toBe(play(scenario).hash);
};

/** Run by single steps. */
export const sameInSteps: Law = (scenario) => {
  const simulation = begin(scenario, { hash: true });
  eachStep(simulation, scenario.untilMicros, () => {});
  expect(simulation.hash()).toBe(play(scenario).hash);
};

/** Restored from any snapshot, several times, in any order, into the same simulation and into another one. */
export const sameFromSnapshots: Law = (scenario, choices) => {
  const whole = play(scenario);
  const simulation = begin(scenario, { hash: true });
  const snapshots: Snapshot[] = [simulation.snapshot()];
  for (const choice of choices.toSorted((a, b) => a - b)) {
    simulation.runUntil(Math.floor(choice * scenario.untilMicros));
    if (choice < 0.5) simulation.step();
    snapshots.push(simulation.snapshot());
  }
  const other = begin(scenario, { hash: true });
  const visits = choices.flatMap((choice) => [choice, 1 - choice]);
  for (const [turn, choice] of visits.entries()) {
    const where = turn % 3 === 0 ? other : simulation;
    where.restore(snapshots[Math.floor(choice * snapshots.length) % snapshots.length]!);
    // Some visits only look around, so that a restored run also starts from where a visit was broken off.
    if (turn % 4 === 1) {
      where.runUntil(Math.floor(choice * scenario.untilMicros));
      continue;
    }
    where.runUntil(scenario.untilMicros);
    expect(where.hash()).toBe(whole.hash);
    expectSame(sightOf(where.view), sightOf(whole.simulation.view));
  }
};

/** Any part of the script given as live deeds at any earlier moment, not only at the last one. */
export const sameWhenScheduledEarly: Law = (scenario, choices) => {
  const choice = (i: number) => choices[i % choices.length] ?? 0;
  const given = scenario.script.filter((_, i) => choice(i) < 0.5);
  const deeds = scenario.script.filter((_, i) => choice(i) >= 0.5);
  // Entries of one moment keep their order only if the live ones come last among them.
  const moved = [...given, ...deeds].sort((a, b) => a.atMicros - b.atMicros);
  const simulation = begin({ ...scenario, script: given }, { hash: true });
  for (const [i, deed] of deeds.entries()) {
    const before = Math.floor((1 - choice(i) / 2) * deed.atMicros) - 1;
    if (before > simulation.nowMicros) simulation.runUntil(before);
    simulation.schedule(deed);
  }
  simulation.runUntil(scenario.untilMicros);
  expect(simulation.hash()).toBe(play({ ...scenario, script: moved }).hash);
};

/** Recording, watching and digesting change neither ids nor hash nor what is there at the end. */
export const sameWhoeverListens: Law = (scenario) => {
  const everything: Fold<number> = { id: 'all', hears: 'everything', start: 0, step: (n) => n + 1 };
  const curious: Fold<number> = {
    id: 'curious',
    hears: ['messageDelivered', 'crashed', 'timerFired', 'commandGiven'],
    start: 0,
    step: (n, entry, view) =>
      n +
      view.inFlight().length +
      view.addresses().length +
      JSON.stringify(view.process(entry.address)?.inspect() ?? 0).length,
  };
  const silent = begin(scenario);
  const hashed = begin(scenario, { hash: true });
  const entries: TraceEntry[] = [];
  const watched = begin(scenario, {
    hash: true,
    folds: [everything, curious as Fold] as Fold[],
    onEntry: (entry) => entries.push(entry),
  });
  const folded = begin(scenario, { folds: [curious as Fold] });
  for (const simulation of [silent, hashed, watched, folded]) simulation.runUntil(scenario.untilMicros);
  expect(watched.hash()).toBe(hashed.hash());
  for (const simulation of [hashed, watched, folded]) {
    expect(simulation.entryCount).toBe(silent.entryCount);
    expect(simulation.eventCount).toBe(silent.eventCount);
    expectSame(sightOf(simulation.view), sightOf(silent.view));
  }
  expect(watched.foldState('all')).toBe(entries.length);
  expect(folded.foldState('curious')).toBe(watched.foldState('curious'));
};

// ————— what is true after every event —————

/** Ids are 1, 2, 3 …; time never goes back. */
export const idsAndTimesGoUp: Law = (scenario) => {
  const { entries, simulation } = play(scenario);
  let before = 0;
  for (const [index, entry] of entries.entries()) {
    if (entry.id !== index + 1) expect(entry.id).toBe(index + 1);
    if (entry.atMicros < before) expect(entry.atMicros).toBeGreaterThanOrEqual(before);
    before = entry.atMicros;
  }
  expect(simulation.entryCount).toBe(entries.length);
  expect(before).toBeLessThanOrEqual(scenario.untilMicros);
};

/** Every cause exists and is earlier; causes form a forest whose roots are commands and the first starts. */
export const causesFormAForest: Law = (scenario) => {
  const { entries } = play(scenario);
  for (const entry of entries) {
    if (entry.causeId === 0) {
      expect(['commandGiven', 'started']).toContain(entry.kind);
      if (entry.kind === 'started') expect(entry.atMicros).toBe(0);
      continue;
    }
    if (entry.kind === 'commandGiven') expect(entry.causeId).toBe(0);
    const cause = entries[entry.causeId - 1];
    if (cause === undefined || cause.id >= entry.id || cause.atMicros > entry.atMicros)
      throw new Error(`entry ${entry.id} (${entry.kind}) has no earlier cause: ${entry.causeId}`);
  }
};

/** sent + duplicated = delivered + dropped + in flight, after every event. */
export const messagesBalance: Law = (scenario) => {
  const counts = new Map<string, number>();
  const simulation = begin(scenario, {
    onEntry: ({ kind }) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
  });
  const count = (kind: string) => counts.get(kind) ?? 0;
  eachStep(simulation, scenario.untilMicros, () => {
    const made = count('messageSent') + count('messageDuplicated');
    const gone = count('messageDelivered') + count('messageDropped') + simulation.view.inFlight().length;
    if (made !== gone) expect(gone).toBe(made);
  });
};

/** Nothing is delivered across a partition or a cut, nothing is dropped for one that is not there. */
export const nothingCrossesACut: Law = (scenario) => {
  const rules = new Map<string, (from: Address, to: Address) => boolean>();
  const blocked = (from: Address, to: Address) => [...rules.values()].some((blocks) => blocks(from, to));
  const senderOf = new Map<number, Address>();
  let waking: Address | undefined;
  let refused: number[] = [];
  const simulation = begin(scenario, {
    onEntry({ id, kind, address, causeId, data }) {
      if (kind === 'partitioned') {
        const sides = data.sides as readonly (readonly Address[])[];
        const sideOf = (one: Address) => sides.findIndex((side) => side.includes(one));
        rules.set(data.id as string, (a, b) => sideOf(a) >= 0 && sideOf(b) >= 0 && sideOf(a) !== sideOf(b));
      } else if (kind === 'linkCut') {
        const { from, to, bothWays } = data;
        rules.set(
          data.id as string,
          (a, b) => (a === from && b === to) || (bothWays === true && a === to && b === from),
        );
      } else if (kind === 'linkSlowed' || kind === 'messageAwaited') {
        rules.set(data.id as string, () => false);
      } else if (kind === 'messageDelayed' || (kind === 'messageDropped' && data.reason === 'byHand')) {
        if (data.rule !== undefined) expect(rules.delete(data.rule as string)).toBe(true);
        // Whoever waited for a message takes it before any cut does.
        if (kind === 'messageDropped') refused = refused.filter((sent) => sent !== data.messageId);
      } else if (kind === 'messageNotAwaited' || kind === 'healed' || kind === 'linkMended') {
        expect(rules.delete(data.id as string)).toBe(true);
      } else if (kind === 'messageSent') {
        senderOf.set(id, address);
        if (blocked(address, data.to as Address)) refused.push(id);
      } else if (kind === 'messageDropped') {
        const byRule = ['partitioned', 'cut', 'cutWhileInFlight'].includes(data.reason as string);
        if (byRule && rules.get(data.rule as string)?.(data.from as Address, address) !== true)
          throw new Error(`message ${data.messageId} was dropped for a rule that does not stand in its way`);
        if (data.reason !== 'cutWhileInFlight') refused = refused.filter((sent) => sent !== data.messageId || !byRule);
      } else if (kind === 'resumed') waking = address;
      // What had arrived before the cut waits inside the paused process; at its resume it crosses nothing.
      else if (kind === 'messageDelivered' && waking !== address)
        if (blocked(senderOf.get(causeId)!, address)) throw new Error(`message ${causeId} crossed a cut`);
    },
  });
  const held = new Set<string>();
  eachStep(simulation, scenario.untilMicros, () => {
    waking = undefined;
    if (refused.length > 0) throw new Error(`messages ${refused.join()} were sent across a cut`);
    for (const { id, copy, from, to, held: arrived } of simulation.view.inFlight()) {
      if (!arrived || held.has(`${id}:${copy}`)) continue;
      held.add(`${id}:${copy}`);
      if (blocked(from, to)) throw new Error(`message ${id} arrived across a cut`);
    }
  });
};

/**
 * Of the rules that wait for a message, the first installed that fits strikes the first message sent that fits: no other,
 * and no second one.
 */
export const theAwaitedIsStruckOnce: Law = (scenario) => {
  type Waiting = { readonly id: string; readonly fits: (from: Address, to: Address, kind: string) => boolean };
  let waiting: readonly Waiting[] = [];
  let due: { readonly rule: string; readonly messageId: number } | undefined;
  const { entries } = play(scenario);
  for (const { id, kind, address, data } of entries) {
    if (due !== undefined) {
      // Nothing stands between the sending and the strike.
      expect(['messageDropped', 'messageDelayed']).toContain(kind);
      expect(data).toMatchObject(due);
      waiting = waiting.filter((one) => one.id !== due!.rule);
      due = undefined;
    } else if (kind === 'messageDelayed' || data.reason === 'byHand') expect(data.rule).toBeUndefined();
    if (kind === 'messageAwaited') {
      const { messageKind, from, to } = data;
      const fits: Waiting['fits'] = (a, b, c) =>
        [a, b, c].every((part, i) => [part, undefined].includes([from, to, messageKind][i] as string | undefined));
      waiting = [...waiting, { id: data.id as string, fits }];
    } else if (kind === 'messageNotAwaited') waiting = waiting.filter((one) => one.id !== data.id);
    else if (kind === 'messageSent') {
      const about = (data.message as { kind: string }).kind;
      const first = waiting.find(({ fits }) => fits(address, data.to as Address, about));
      if (first !== undefined) due = { rule: first.id, messageId: id };
    }
  }
  const still = play(scenario).simulation.view.rules();
  expect(still.filter((rule) => rule.kind === 'awaitedMessage').map((rule) => rule.id)).toEqual(
    waiting.map((one) => one.id),
  );
};

/** What may stand in the trace under the address of a process that is not up: what is done to it, not what it does. */
const DONE_TO_THE_PAUSED = ['diskSynced', 'messageDropped', 'messageDelayed', 'skewed', 'slowed', 'resumed', 'crashed'];
const DONE_TO_THE_CRASHED = ['diskWiped', 'messageDropped', 'messageDelayed', 'skewed', 'slowed', 'restarted', 'left'];

/** A paused process handles nothing: it has no entries of its own, and its state is the very same object. */
export const thePausedHandleNothing: Law = (scenario) => {
  const paused = new Map<Address, unknown>();
  const simulation = begin(scenario, {
    onEntry({ kind, address }) {
      if (kind === 'resumed' || kind === 'crashed') paused.delete(address);
      else if (paused.has(address)) expectAmong(DONE_TO_THE_PAUSED, kind);
      else if (kind === 'paused') paused.set(address, simulation.view.process(address)?.data);
    },
  });
  eachStep(simulation, scenario.untilMicros, () => {
    for (const [address, data] of paused) {
      const seen = simulation.view.process(address);
      if (seen?.status !== 'paused' || seen.data !== data) throw new Error(`${address} did something while paused`);
    }
  });
};

/** A crashed process keeps its disk alone, and that is what was last durable; it restarts from it. */
export const theCrashedKeepTheirDiskAlone: Law = (scenario) => {
  const crashed = new Map<Address, unknown>();
  const durable = new Map<Address, unknown>();
  const simulation = begin(scenario, {
    onEntry({ kind, address, causeId }) {
      const disk = () => simulation.view.process(address)?.disk;
      // Where a state was given, it is there from the first instant; who comes later has an empty disk.
      if (kind === 'started' && causeId !== 0) expect(disk()).toBeUndefined();
      if (kind === 'diskSynced') durable.set(address, disk());
      else if (kind === 'diskWiped' || kind === 'left') durable.delete(address);
      if (kind === 'crashed') {
        expect(disk()).toBe(durable.get(address));
        crashed.set(address, disk());
      } else if (kind === 'restarted' || kind === 'left') {
        if (kind === 'restarted') expect(disk()).toBe(durable.get(address));
        crashed.delete(address);
      } else if (kind === 'diskWiped') crashed.set(address, undefined);
      else if (crashed.has(address)) expectAmong(DONE_TO_THE_CRASHED, kind);
    },
  });
  const { view } = simulation;
  for (const address of view.addresses()) durable.set(address, view.process(address)?.disk);
  eachStep(simulation, scenario.untilMicros, () => {
    for (const [address, disk] of crashed) {
      const seen = simulation.view.process(address)!;
      const left = [seen.status, seen.data, seen.timers.length, seen.heldCount, seen.pausedUntilMicros];
      if (left.join() !== 'crashed,,0,0,') expect(left).toEqual(['crashed', undefined, 0, 0, undefined]);
      if (seen.disk !== disk) expect(seen.disk).toBe(disk);
    }
  });
};

// ————— helpers —————

/** `toEqual` for plain data that nearly always is the same: compared as text first, for speed. */
function expectSame(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) expect(actual).toEqual(expected);
}

function expectAmong(kinds: readonly string[], kind: string): void {
  if (!kinds.includes(kind)) expect(kinds).toContain(kind);
}

/** Steps event by event until `untilMicros`, and looks after the start and after each. */
export function eachStep(simulation: Simulation, untilMicros: Micros, look: () => void): void {
  look();
  for (
    let next = simulation.nextAtMicros();
    next !== undefined && next <= untilMicros;
    next = simulation.nextAtMicros()
  ) {
    const before = simulation.nowMicros;
    simulation.step();
    if (simulation.nowMicros < before) throw new Error('time went back');
    look();
  }
}

/** All that an onlooker can see, as plain data. */
export function sightOf(view: WorldView): unknown {
  return {
    parameters: view.parameters,
    rules: view.rules(),
    inFlight: view.inFlight(),
    processes: view.addresses().map((address) => {
      const seen = view.process(address)!;
      const { kind, status, state, data, disk, clock, timers, heldCount, pausedUntilMicros, slowFactor } = seen;
      const { statusSinceMicros } = seen;
      return [
        address,
        kind,
        status,
        state,
        data,
        disk,
        clock,
        timers,
        heldCount,
        pausedUntilMicros,
        slowFactor,
        statusSinceMicros,
      ];
    }),
  };
}

/** Every law of a run, with the words under which a test names it. */
export const LAWS: readonly (readonly [string, Law])[] = [
  ['the same scenario has the same trace', sameTwice],
  ['… driven by live deeds', sameAsLive],
  ['… with deeds scheduled long before', sameWhenScheduledEarly],
  ['… in slices of any sizes', sameInSlices],
  ['… by single steps', sameInSteps],
  ['… restored from any snapshot', sameFromSnapshots],
  ['… whoever records, watches and digests', sameWhoeverListens],
  ['ids are consecutive and time never goes back', idsAndTimesGoUp],
  ['causes form a forest rooted in commands and starts', causesFormAForest],
  ['sent + duplicated = delivered + dropped + in flight', messagesBalance],
  ['nothing crosses a partition or a cut', nothingCrossesACut],
  ['a message that is awaited is struck, once', theAwaitedIsStruckOnce],
  ['a paused process handles nothing', thePausedHandleNothing],
  ['a crashed process keeps its disk alone', theCrashedKeepTheirDiskAlone],
];
