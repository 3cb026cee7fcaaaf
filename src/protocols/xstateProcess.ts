import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, createActor } from 'xstate';
import { microsOfMs } from '../kernel/time.ts';
import type { Effect, Outcome, Process } from '../kernel/types.ts';
import type { Acting, MachineEvent } from './acting.ts';
import { AFTER, machineEvent } from './machineEvent.ts';

/*
 * The reference: the same machine, run by XState itself. Several times as slow as the flat table, so tests and the bench
 * use it and nothing else; what the table does must be what comes out here, at every step.
 */

const NO_EFFECTS: readonly Effect[] = [];

/** Turns a machine into a process that XState runs. Refuses nothing: `machineProcess.ts` does. */
export function xstateProcess(machine: AnyStateMachine): Process<AnyMachineSnapshot, unknown> {
  const collected: CollectedAction[] = [];
  const scope = collectingScope(machine, collected);
  const initial = machine.getInitialSnapshot(scope);
  if (initial.status === 'error') throw (initial as { error: unknown }).error;

  function feed(snapshot: AnyMachineSnapshot, event: MachineEvent): Outcome<AnyMachineSnapshot, unknown> {
    collected.length = 0;
    const next = machine.transition(snapshot, event, scope) as AnyMachineSnapshot;
    if (next.status === 'error') throw (next as { error: unknown }).error;
    const outbox = (next.context as Acting<unknown>).outbox;
    if (collected.length === 0 && outbox.length === 0) return { state: next, effects: NO_EFFECTS };
    const timers = collected.length === 0 ? NO_EFFECTS : collected.map(timerEffect);
    if (outbox.length === 0) return { state: next, effects: timers };
    const state = { ...next, context: { ...next.context, outbox: NO_EFFECTS } } as AnyMachineSnapshot;
    return { state, effects: timers.length === 0 ? outbox : [...timers, ...outbox] };
  }

  return {
    boot: (disk, env) => feed(initial as AnyMachineSnapshot, { type: 'boot', env, disk }),
    handle: (state, event, env) => feed(state, machineEvent(event, env)),
    stateName: (state) => stateNameOf(state.value),
    dataOf: (state) => state.context,
    inspect: (state) => state.context,
    hearsDiskSynced: machine.events.includes('diskSynced'),
  };
}

/** The path of a machine's state: `idle`, `working.storing`. */
function stateNameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [parent, child] = Object.entries(value as Record<string, unknown>)[0]!;
  return `${parent}.${stateNameOf(child)}`;
}

type CollectedAction = { readonly type: string; readonly params: unknown };

/** One scope, made once: it collects what XState would have executed. */
function collectingScope(machine: AnyStateMachine, collected: CollectedAction[]): AnyActorScope {
  const self = createActor(machine);
  return {
    self,
    id: machine.id,
    sessionId: self.sessionId,
    system: self.system,
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    actionExecutor: (action: CollectedAction) => {
      collected.push(action);
    },
  } as unknown as AnyActorScope;
}

/** An `after` starts as `xstate.raise` with a delay and ends as `xstate.cancel`; there is nothing else (see refusals). */
function timerEffect(action: CollectedAction): Effect {
  const params = action.params as { event?: { type: string }; delay?: number; sendId?: string };
  if (action.type === 'xstate.raise') {
    return { kind: 'startTimer', name: `${AFTER}${params.event?.type}`, afterMicros: microsOfMs(params.delay ?? 0) };
  }
  if (action.type === 'xstate.cancel') return { kind: 'cancelTimer', name: `${AFTER}${params.sendId}` };
  throw new Error(`an action ${action.type} came out of a machine; refusals should have caught it`);
}
