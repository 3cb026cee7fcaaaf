import { type AnyActorScope, type AnyMachineSnapshot, type AnyStateMachine, assign, createActor } from 'xstate';
import { microsOfMs } from '../kernel/time.ts';
import type { Effect, Env, Json, Outcome, Process, ProcessEvent } from '../kernel/types.ts';

/**
 * The only place that knows how an XState machine is run. A machine is run purely: its `after` comes out as data and
 * becomes a kernel timer, its effects come out of `context.outbox`, and nothing is executed by XState itself.
 * The part of XState that machines may use: nested states, `on`, `after`, `always`, `entry`/`exit`, guards, `assign`
 * (through `act`). Everything else is refused when the machine is adapted.
 */

/** What reaches a machine: the event's own fields and the environment. */
export type MachineEvent = { readonly type: string; readonly env: Env; readonly [field: string]: unknown };

/** A machine's context: its data and the effects that wait to be taken out. Empty in every stored state. */
export type Acting<D> = D & { readonly outbox: readonly Effect[] };

/** What a handler gives back: the data that changed, and what is to be done, in order. */
export type Handled<D> = { readonly data?: Partial<D>; readonly effects?: readonly Effect[] };

/** A pure handler: data and event in, changes and effects out. */
export type Handler<D> = (data: Acting<D>, event: MachineEvent) => Handled<D>;

const NO_EFFECTS: readonly Effect[] = [];
const AFTER = 'after:';

/** Wraps a handler as an action: an `assign` that also appends its effects to the outbox. */
export function act<D>(handler: Handler<D>) {
  return assign(({ context, event }) => {
    const acting = context as unknown as Acting<D>;
    const { data, effects } = handler(acting, event as unknown as MachineEvent);
    if (effects === undefined || effects.length === 0) return data ?? {};
    return { ...data, outbox: acting.outbox.length === 0 ? effects : [...acting.outbox, ...effects] };
    // The machines' contexts are typed by their handlers; XState's own inference would ask for a setup() in each.
    // biome-ignore lint/suspicious/noExplicitAny: the assign must fit whatever machine it stands in
  }) as any;
}

/** Wraps a predicate as a guard. Guards may not draw: they can be evaluated more than once. */
export function when<D>(test: (data: Acting<D>, event: MachineEvent) => boolean) {
  return ({ context, event }: { context: unknown; event: unknown }): boolean =>
    test(context as Acting<D>, event as MachineEvent);
}

/** Wraps a function as a delay for `after`, in milliseconds, fractions allowed. Delays may draw. */
export function lasting<D>(ms: (data: Acting<D>, event: MachineEvent) => number) {
  return ({ context, event }: { context: unknown; event: unknown }): number =>
    ms(context as Acting<D>, event as MachineEvent);
}

export type MachineProcessOptions<D> = {
  readonly machine: AnyStateMachine;
  /** What page, terminal and inspector show; by default all data. */
  readonly inspect?: (data: D, state: string) => Json;
};

/** Turns a machine into a process. Throws a sentence that names what the machine uses and may not. */
export function machineProcess<D>(options: MachineProcessOptions<D>): Process<AnyMachineSnapshot, unknown> {
  const { machine } = options;
  const refusal = refusalOf(machine);
  if (refusal !== undefined) throw new Error(`machine ${machine.id} ${refusal}`);
  const collected: CollectedAction[] = [];
  const scope = collectingScope(machine, collected);
  const initial = machine.getInitialSnapshot(scope);
  if (initial.status === 'error') throw (initial as { error: unknown }).error;
  const hearsDiskSynced = machine.events.includes('diskSynced');

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
    inspect: (state) => {
      const { outbox: _, ...data } = state.context as Acting<object>;
      if (options.inspect === undefined) return data as Json;
      return options.inspect(data as D, stateNameOf(state.value));
    },
    hearsDiskSynced,
  };
}

/** The path of a machine's state: `idle`, `working.storing`. */
export function stateNameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [parent, child] = Object.entries(value as Record<string, unknown>)[0]!;
  return `${parent}.${stateNameOf(child)}`;
}

/** The sentence that defines each state, by path: the comment and the interface are one text. */
export function describeStates(machine: AnyStateMachine): ReadonlyMap<string, string> {
  const sentences = new Map<string, string>();
  const walk = (node: AnyStateMachine['root'], path: string): void => {
    if (node.description !== undefined) sentences.set(path, node.description);
    for (const [key, child] of Object.entries(node.states)) walk(child, path === '' ? key : `${path}.${key}`);
  };
  walk(machine.root, '');
  return sentences;
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

function machineEvent(event: ProcessEvent, env: Env): MachineEvent {
  switch (event.type) {
    case 'message':
      return { ...event.message, type: event.message.kind, from: event.from, env };
    case 'timer':
      return event.name.startsWith(AFTER)
        ? { type: event.name.slice(AFTER.length), env }
        : { type: `timer.${event.name.split(':', 1)[0]}`, name: event.name, env };
    case 'commanded':
      return { ...event.command, type: `command.${event.command.do}`, env };
    case 'parameterChanged':
      return { type: 'parameterChanged', name: event.name, env };
    default:
      return { type: event.type, env };
  }
}

// ————— what is refused —————

type Loose = Record<string, unknown>;

/** The first thing in the machine that the adapter can't carry, as the end of a sentence; undefined where all is well. */
function refusalOf(machine: AnyStateMachine): string | undefined {
  const root = machine.config as Loose;
  if (root.initial !== 'off') return "must start in an inert state 'off'";
  const off = (root.states as Loose).off as Loose;
  if (off.entry !== undefined || off.after !== undefined || off.always !== undefined) {
    return "has an 'off' state that is not inert: it may only hear 'boot'";
  }
  return refusalInState(root, '(root)', machine.implementations.actions as Loose);
}

function refusalInState(state: Loose, path: string, implementations: Loose): string | undefined {
  const at = `in state ${path}`;
  if (state.type === 'final') return `has a final state ${at}; leave by the effect 'leave'`;
  if (state.type === 'history') return `has a history state ${at}`;
  if (state.type === 'parallel') return `has parallel states ${at}`;
  if (state.invoke !== undefined) return `uses invoke ${at}; send a message instead`;
  if (state.onDone !== undefined) return `uses onDone ${at}`;
  if (state.output !== undefined) return `has an output ${at}`;
  const lists: unknown[] = [state.entry, state.exit];
  for (const transition of transitionsOf(state)) lists.push((transition as Loose).actions);
  for (const list of lists) {
    for (const action of Array.isArray(list) ? list : [list]) {
      const refusal = refusalOfAction(action, at, implementations);
      if (refusal !== undefined) return refusal;
    }
  }
  for (const [key, child] of Object.entries((state.states as Loose | undefined) ?? {})) {
    const refusal = refusalInState(child as Loose, path === '(root)' ? key : `${path}.${key}`, implementations);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function transitionsOf(state: Loose): unknown[] {
  const groups = [state.on, state.after].flatMap((group) => Object.values((group as Loose | undefined) ?? {}));
  return [...groups, state.always]
    .flatMap((one) => (Array.isArray(one) ? one : [one]))
    .filter((one) => typeof one === 'object' && one !== null);
}

function refusalOfAction(action: unknown, at: string, implementations: Loose): string | undefined {
  if (action === undefined) return undefined;
  const named = typeof action === 'string' ? action : typeof action === 'object' ? (action as Loose).type : undefined;
  const implementation = named === undefined ? action : implementations[named as string];
  if (implementation === undefined) return `names an action ${String(named)} ${at} that is not implemented`;
  const type = (implementation as { type?: unknown }).type;
  if (type === 'xstate.assign') return undefined;
  if (typeof type === 'string') return `uses ${type.replace('xstate.', '')} ${at}; give effects back through act()`;
  return `has an inline side effect ${at}; give effects back through act()`;
}
