import { microsOfMs } from '../kernel/time.ts';
import type { Effect, Outcome } from '../kernel/types.ts';
import type { Acting, MachineEvent } from './acting.ts';
import type { FlatMachine, FlatState, FlatTransition } from './flatMachine.ts';

const NO_EFFECTS: readonly Effect[] = [];

/**
 * What a machine makes of one event: the transition that the event enables, if any, then every `always` that is enabled,
 * until the machine is at rest (a macrostep, as SCXML calls it). Timers come before the other effects, in order.
 */
export function flatStep<D>(
  machine: FlatMachine<D>,
  state: FlatState<D>,
  event: MachineEvent,
): Outcome<FlatState<D>, unknown> {
  let { node, context } = state;
  let timers: Effect[] | undefined;
  let effects = NO_EFFECTS;
  let taken = firstEnabled(node.on.get(event.type), context, event);
  for (let turn = 0; ; turn++) {
    if (taken !== undefined) {
      for (const one of taken.work) {
        if (one.do === 'act') {
          const handled = one.handler(context, event);
          const { data } = handled;
          if (data !== undefined && data !== context) context = { ...context, ...data };
          const more = handled.effects;
          if (more !== undefined && more.length > 0) effects = effects.length === 0 ? more : [...effects, ...more];
          continue;
        }
        timers ??= [];
        if (one.do === 'cancel') timers.push(one.effect);
        else {
          const ms = typeof one.ms === 'number' ? one.ms : one.ms(context, event);
          timers.push({ kind: 'startTimer', name: one.name, afterMicros: microsOfMs(ms) });
        }
      }
      node = taken.to;
    }
    if (turn === machine.mostTransitions) {
      throw new Error(`machine ${machine.id} takes one 'always' after another in state ${node.name} and never rests`);
    }
    const isFollowed = turn > 0 && taken!.isIdle;
    taken = isFollowed ? undefined : firstEnabled(node.always, context, event);
    if (taken === undefined) break;
  }
  const isSame = node === state.node && context === state.context;
  return {
    state: isSame ? state : { node, context },
    effects: timers === undefined ? effects : effects.length === 0 ? timers : [...timers, ...effects],
  };
}

function firstEnabled<D>(
  candidates: readonly FlatTransition<D>[] | undefined,
  context: Acting<D>,
  event: MachineEvent,
): FlatTransition<D> | undefined {
  if (candidates === undefined) return undefined;
  for (const candidate of candidates) {
    if (candidate.test === undefined || candidate.test(context, event)) return candidate;
  }
  return undefined;
}
