import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect, Env, Fact, Json, Message } from '../../kernel/types.ts';
import { act, type MachineEvent } from '../machineProcess.ts';

/**
 * What one event makes a process do, in the making. `durably` waits until the disk has the state as it is after the
 * event: whatever would be a lie if the process crashed before that.
 */
export type Out = { readonly now: Effect[]; readonly durably: Effect[] };

/** A pure step: the state before, the state after; what is to be done is added to `out`. */
export type Step<S> = (state: S, event: MachineEvent, env: Env, out: Out) => S;

export function newOut(): Out {
  return { now: [], durably: [] };
}

/** Wraps a step of a process without a disk as an action. */
export function doing<S extends object>(step: Step<S>) {
  return act<S>((data, event) => {
    const out = newOut();
    const after = step(data, event, event.env, out);
    return { data: after, effects: out.now };
  });
}

/** Wraps a step of a process whose disk has all that it knows: what changes is written, and what must wait waits. */
export function keeping<S extends object>(step: Step<S>) {
  return act<S>((data, event) => {
    const out = newOut();
    const after = step(data, event, event.env, out);
    const { now, durably } = out;
    if (after === data && durably.length === 0) return { effects: now };
    return { data: after, effects: [...now, { kind: 'persist', disk: diskOf(after), then: durably }] };
  });
}

function diskOf(state: object): unknown {
  const { outbox: _, ...disk } = state as { readonly outbox?: unknown };
  return disk;
}

export function send(to: Address, message: Message): Effect {
  return { kind: 'send', to, message };
}

export function note(fact: Fact): Effect {
  return { kind: 'note', fact };
}

/** Starts a timer, anew where it runs; milliseconds by the own clock, fractions allowed. */
export function startTimer(name: string, ms: Json | undefined): Effect {
  return { kind: 'startTimer', name, afterMicros: microsOfMs(ms as number) };
}

export function cancelTimer(name: string): Effect {
  return { kind: 'cancelTimer', name };
}

/** A list with one more at its end, without the oldest where it would be longer than `most`. */
export function kept<T>(list: readonly T[], one: T, most: number): readonly T[] {
  return list.length < most ? [...list, one] : [...list.slice(list.length - most + 1), one];
}
