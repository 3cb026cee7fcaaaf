import type { AnyStateMachine } from 'xstate';

/*
 * What a machine may not use, because the flat table does not carry it or because it would break a promise of the kernel.
 * The part of XState that machines may use: nested states, `on` by whole names, `after`, `always`, `entry`/`exit`, guards
 * that are functions, `assign` (through `act`).
 */

type Loose = { readonly [key: string]: unknown };
type Implementations = { readonly actions: Loose; readonly guards: Loose; readonly delays: Loose };

/** The first thing in a machine that can't be carried, as the end of a sentence; undefined where all is well. */
export function refusalOf(machine: AnyStateMachine): string | undefined {
  const root = machine.config as Loose;
  if (root.initial !== 'off') return "must start in an inert state 'off'";
  const off = (root.states as Loose).off as Loose;
  if (isActive(off) || off.states !== undefined) return "has an 'off' state that is not inert: it may only hear 'boot'";
  if (isActive(root)) return 'has a root that acts by itself: it would do so before the boot';
  if (typeof root.context === 'function') return 'has a context that is made by a function';
  return refusalInState(root, '(root)', machine.implementations as unknown as Implementations);
}

function isActive({ entry, after, always }: Loose): boolean {
  return entry !== undefined || after !== undefined || always !== undefined;
}

function refusalInState(state: Loose, path: string, implementations: Implementations): string | undefined {
  const at = `in state ${path}`;
  if (state.type === 'final') return `has a final state ${at}; leave by the effect 'leave'`;
  if (state.type === 'history' || state.history !== undefined) return `has a history state ${at}`;
  if (state.type === 'parallel') return `has parallel states ${at}`;
  if (state.invoke !== undefined) return `uses invoke ${at}; send a message instead`;
  if (state.onDone !== undefined) return `uses onDone ${at}`;
  if (state.output !== undefined) return `has an output ${at}`;
  if (state.route !== undefined) return `uses route ${at}`;
  const refusal = refusalInActions([state.entry, state.exit], at, implementations);
  if (refusal !== undefined) return refusal;
  for (const type of keysOf(state.on)) if (type.includes('*')) return `hears '${type}' ${at}; name what it hears`;
  for (const delay of keysOf(state.after)) {
    if (Number.isNaN(Number(delay)) && implementations.delays[delay] === undefined) {
      return `names a delay ${delay} ${at} that is not implemented`;
    }
  }
  for (const transition of transitionsOf(state)) {
    const found = refusalOfTransition(transition, at, implementations);
    if (found !== undefined) return found;
  }
  for (const [key, child] of Object.entries((state.states as Loose | undefined) ?? {})) {
    const found = refusalInState(child as Loose, path === '(root)' ? key : `${path}.${key}`, implementations);
    if (found !== undefined) return found;
  }
  return undefined;
}

function keysOf(group: unknown): readonly string[] {
  return Object.keys((group as Loose | undefined) ?? {});
}

function transitionsOf(state: Loose): readonly Loose[] {
  const groups = [state.on, state.after].flatMap((group) => Object.values((group as Loose | undefined) ?? {}));
  return [...groups, state.always, state.initial].flat().filter((one) => typeof one === 'object') as Loose[];
}

function refusalOfTransition(transition: Loose, at: string, implementations: Implementations): string | undefined {
  const { target, guard, actions } = transition;
  if (Array.isArray(target) && target.length > 1) return `has a transition with several targets ${at}`;
  const test = typeof guard === 'string' ? implementations.guards[guard] : guard;
  if (guard !== undefined && test === undefined) return `names a guard ${guard} ${at} that is not implemented`;
  if (test !== undefined && (typeof test !== 'function' || 'check' in test)) {
    return `has a guard ${at} that is no plain function; say it in one when()`;
  }
  return refusalInActions([actions], at, implementations);
}

function refusalInActions(lists: readonly unknown[], at: string, implementations: Implementations): string | undefined {
  for (const action of lists.flat()) {
    const refusal = refusalOfAction(action, at, implementations.actions);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

function refusalOfAction(action: unknown, at: string, implementations: Loose): string | undefined {
  if (action === undefined) return undefined;
  const named = typeof action === 'string' ? action : typeof action === 'object' ? (action as Loose).type : undefined;
  const implementation = named === undefined ? action : implementations[named as string];
  if (implementation === undefined) return `names an action ${String(named)} ${at} that is not implemented`;
  const { type, handler } = implementation as Loose;
  if (typeof handler === 'function') return undefined;
  if (typeof type === 'string') return `uses ${type.replace('xstate.', '')} ${at}; give effects back through act()`;
  return `has an inline side effect ${at}; give effects back through act()`;
}
