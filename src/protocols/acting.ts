import { assign } from 'xstate';
import type { Effect, Env } from '../kernel/types.ts';

/*
 * The words in which a machine is written: `act` for what is done, `when` for guards, `lasting` for delays. Each is what
 * XState expects in that place, and carries the plain function within, so that the flat table finds it.
 */

/** What reaches a machine: the event's own fields and the environment. */
export type MachineEvent = { readonly type: string; readonly env: Env; readonly [field: string]: unknown };

/**
 * A machine's context: its data and the effects that wait to be taken out. Empty in every stored state. Handlers neither
 * read nor give back the outbox: only XState itself fills it, the flat table collects effects on its own.
 */
export type Acting<D> = D & { readonly outbox: readonly Effect[] };

/** What a handler gives back: the data that changed, and what is to be done, in order. */
export type Handled<D> = { readonly data?: Partial<D>; readonly effects?: readonly Effect[] };

/** A pure handler: data and event in, changes and effects out. */
export type Handler<D> = (data: Acting<D>, event: MachineEvent) => Handled<D>;

/** A pure predicate of data and event. */
export type Test<D> = (data: Acting<D>, event: MachineEvent) => boolean;

/** A pure delay, in milliseconds, fractions allowed. */
export type Delay<D> = (data: Acting<D>, event: MachineEvent) => number;

type Args = { readonly context: unknown; readonly event: unknown };

/** Wraps a handler as an action: an `assign` that also appends its effects to the outbox. */
export function act<D>(handler: Handler<D>) {
  const action = assign(({ context, event }) => {
    const acting = context as unknown as Acting<D>;
    const { data, effects } = handler(acting, event as unknown as MachineEvent);
    if (effects === undefined || effects.length === 0) return data ?? {};
    return { ...data, outbox: acting.outbox.length === 0 ? effects : [...acting.outbox, ...effects] };
  });
  // The machines' contexts are typed by their handlers; XState's own inference would ask for a setup() in each.
  // biome-ignore lint/suspicious/noExplicitAny: the assign must fit whatever machine it stands in
  return Object.assign(action, { handler }) as any;
}

/** Wraps a predicate as a guard. Guards may not draw: they can be evaluated more than once. */
export function when<D>(test: Test<D>) {
  const guard = ({ context, event }: Args): boolean => test(context as Acting<D>, event as MachineEvent);
  return Object.assign(guard, { test });
}

/** Wraps a function as a delay for `after`, in milliseconds, fractions allowed. Delays may draw. */
export function lasting<D>(ms: Delay<D>) {
  const delay = ({ context, event }: Args): number => ms(context as Acting<D>, event as MachineEvent);
  return Object.assign(delay, { ms });
}
