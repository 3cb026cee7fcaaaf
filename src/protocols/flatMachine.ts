import type { AnyStateMachine, AnyStateNode } from 'xstate';
import type { Effect } from '../kernel/types.ts';
import type { Acting, Delay, Handler, Test } from './acting.ts';
import { AFTER } from './machineEvent.ts';

/*
 * A machine as a flat table: for each state without children, what it does at each event. XState works out anew at every
 * event which states are left and entered; without history and parallel states that depends on nothing but the state and
 * the transition, so here it is worked out once (the algorithm is SCXML's, https://www.w3.org/TR/scxml/#AlgorithmforSCXMLInterpretation,
 * as XState carries it out). What the table does is held equal to XState by tests; `refusals.ts` says what it can't carry.
 */

/** One thing to be done when a transition is taken: a handler, a timer that starts, or one that is cancelled. */
export type Work<D> =
  | { readonly do: 'act'; readonly handler: Handler<D> }
  | { readonly do: 'start'; readonly name: string; readonly ms: number | Delay<D> }
  | { readonly do: 'cancel'; readonly effect: Effect };

export type FlatTransition<D> = {
  readonly test: Test<D> | undefined;
  /** What leaving, the transition itself and entering do, in this order. */
  readonly work: readonly Work<D>[];
  readonly to: FlatNode<D>;
  /** It does nothing to data or state; an `always` that is idle has been followed to its end. */
  readonly isIdle: boolean;
};

/** A state without children. */
export type FlatNode<D> = {
  /** Its path: `idle`, `working.storing`. */
  readonly name: string;
  /** Candidates by type of event, its own before those of the states around it; the first whose test passes is taken. */
  readonly on: ReadonlyMap<string, readonly FlatTransition<D>[]>;
  readonly always: readonly FlatTransition<D>[];
};

export type FlatMachine<D> = {
  readonly id: string;
  readonly initial: FlatState<D>;
  /** More than so many transitions at one event are taken for an endless loop of `always`. */
  readonly mostTransitions: number;
};

export type FlatState<D> = { readonly node: FlatNode<D>; readonly context: Acting<D> };

/** XState would go on for ever unless the machine names a bound; a machine that takes so many steps never comes to rest. */
const MOST_TRANSITIONS = 1_000;

type Mutable<D> = {
  readonly name: string;
  readonly on: Map<string, FlatTransition<D>[]>;
  readonly always: FlatTransition<D>[];
};

/**
 * Compiles a machine, or throws where it uses what the table does not carry. Only that it does is told here, so that the
 * page need not load the sentences of `refusals.ts`; tests hold the two equal.
 */
export function flatMachine<D>(machine: AnyStateMachine): FlatMachine<D> {
  const flat = new Map<AnyStateNode, Mutable<D>>();
  for (const leaf of leavesOf(machine.root)) {
    flat.set(leaf, { name: leaf.path.join('.'), on: new Map(), always: [] });
  }
  const { root } = machine;
  const first = leafUnder(root);
  refuseIf(first.parent !== root || first.key !== 'off' || typeof machine.config.context === 'function', root);
  for (const state of [first, root]) refuseIf(state.config.entry || state.config.after || state.config.always, state);
  for (const [leaf, node] of flat) {
    for (const state of lineOf(leaf)) {
      const { invoke, onDone, output, route } = state.config as Record<string, unknown>;
      refuseIf(!/^(atomic|compound)$/.test(state.type) || invoke || onDone || output || route, state);
      // Also where no transition leads through them.
      for (const action of [...state.entry, ...state.exit]) workOf(action, state);
      for (const [type, transitions] of state.transitions) {
        refuseIf(type.includes('*'), state);
        const candidates = node.on.get(type) ?? [];
        node.on.set(type, candidates);
        for (const transition of transitions) add(candidates, flatTransition(leaf, transition as never, flat));
      }
      for (const transition of state.always ?? []) add(node.always, flatTransition(leaf, transition as never, flat));
    }
  }
  const most = (machine.options as { maxIterations?: number }).maxIterations ?? Number.POSITIVE_INFINITY;
  return {
    id: machine.id,
    initial: { node: flat.get(first)!, context: machine.config.context as Acting<D> },
    mostTransitions: most === Number.POSITIVE_INFINITY ? MOST_TRANSITIONS : most,
  };
}

function refuseIf(isRefused: unknown, { id }: AnyStateNode): void {
  if (isRefused) throw new Error(`state ${id} uses what machines may not (src/protocols/refusals.ts)`);
}

/** What follows a candidate without a test is never reached. */
function add<D>(candidates: FlatTransition<D>[], transition: FlatTransition<D>): void {
  if (candidates.length === 0 || candidates.at(-1)!.test !== undefined) candidates.push(transition);
}

/** A transition as XState has formatted it. */
type Formatted = {
  readonly source: AnyStateNode;
  readonly target: readonly AnyStateNode[] | undefined;
  readonly reenter: boolean;
  readonly guard: unknown;
  readonly actions: readonly unknown[];
};

/** What a transition means where `leaf` is the state: what is left, done and entered, and where that leads. */
function flatTransition<D>(
  leaf: AnyStateNode,
  { source, target: targets, reenter, guard, actions }: Formatted,
  flat: ReadonlyMap<AnyStateNode, FlatNode<D>>,
): FlatTransition<D> {
  const target = targets?.[0];
  refuseIf(targets !== undefined && targets.length > 1, source);
  const list: unknown[] = [];
  if (target === undefined) list.push(...actions);
  else {
    const domain = domainOf(source, target, reenter);
    for (const state of lineOf(leaf)) if (isWithin(state, domain)) list.push(...state.exit);
    list.push(...actions);
    const isEntered = target !== source || target !== domain || reenter;
    for (const state of lineOf(target).slice(1).reverse()) if (isWithin(state, domain)) list.push(...state.entry);
    // What a state does as it enters its initial state is done only where that was not passed over by a target within.
    for (const state of [...(isEntered ? [target] : []), ...descentOf(target)]) {
      list.push(...state.entry, ...state.initial.actions);
    }
  }
  const work = list.map((action) => workOf<D>(action, source));
  const to = flat.get(target === undefined ? leaf : leafUnder(target))!;
  const isIdle = to === flat.get(leaf) && !work.some((one) => one.do === 'act');
  return { test: testOf(guard, source), work, to, isIdle };
}

/** The innermost state that stays as it is, or undefined where even the root is left and entered again. */
function domainOf(source: AnyStateNode, target: AnyStateNode, reenter: boolean): AnyStateNode | undefined {
  if (!reenter && (target === source || isWithin(target, source))) return source;
  const common = lineOf(target)
    .slice(1)
    .find((state) => isWithin(source, state));
  return common ?? (reenter ? undefined : source.machine.root);
}

/** Whether a state is strictly inside another; all are inside no state at all. */
function isWithin(state: AnyStateNode, around: AnyStateNode | undefined): boolean {
  return around === undefined || lineOf(state).indexOf(around) > 0;
}

/** A state and those around it, from the inside out. */
function lineOf(state: AnyStateNode): readonly AnyStateNode[] {
  return state.parent === undefined ? [state] : [state, ...lineOf(state.parent)];
}

/** The initial states within a state, from the outside in. */
function descentOf(state: AnyStateNode): readonly AnyStateNode[] {
  const initial = state.initial.target[0] as AnyStateNode | undefined;
  return initial === undefined ? [] : [initial, ...descentOf(initial)];
}

function leafUnder(state: AnyStateNode): AnyStateNode {
  return descentOf(state).at(-1) ?? state;
}

function leavesOf(state: AnyStateNode): readonly AnyStateNode[] {
  const children = Object.values(state.states) as AnyStateNode[];
  return children.length === 0 ? [state] : children.flatMap(leavesOf);
}

/** By what `act`, XState's `raise` (how an `after` starts) and its `cancel` (how one ends) carry. */
type Carried = {
  readonly type: string;
  readonly handler: Handler<never>;
  readonly event: { readonly type: string };
  readonly delay: number | string;
  readonly sendId: string;
};

function workOf<D>(action: unknown, source: AnyStateNode): Work<D> {
  const { machine } = source;
  const named = typeof action === 'string' ? action : typeof action === 'object' && (action as Carried).type;
  const carried = (named ? machine.implementations.actions[named] : action) as Carried | undefined;
  if (carried?.type === 'xstate.cancel') {
    return { do: 'cancel', effect: { kind: 'cancelTimer', name: `${AFTER}${carried.sendId}` } };
  }
  if (carried?.handler !== undefined) return { do: 'act', handler: carried.handler as Handler<D> };
  refuseIf(carried?.type !== 'xstate.raise', source);
  const { delay, event } = carried!;
  const given = typeof delay === 'string' ? machine.implementations.delays[delay] : delay;
  refuseIf(typeof given !== 'number' && typeof given !== 'function', source);
  return { do: 'start', name: `${AFTER}${event.type}`, ms: delayOf<D>(given) };
}

type Outside = (args: { context: unknown; event: unknown }) => never;

function delayOf<D>(given: unknown): number | Delay<D> {
  if (typeof given === 'number') return given;
  const within = (given as { ms?: Delay<D> }).ms;
  return within ?? ((context, event) => (given as Outside)({ context, event }));
}

function testOf<D>(guard: unknown, source: AnyStateNode): Test<D> | undefined {
  if (guard === undefined) return undefined;
  const given = typeof guard === 'string' ? source.machine.implementations.guards[guard] : guard;
  refuseIf(typeof given !== 'function' || 'check' in given, source);
  const within = (given as { test?: Test<D> }).test;
  return within ?? ((context, event) => (given as Outside)({ context, event }));
}
