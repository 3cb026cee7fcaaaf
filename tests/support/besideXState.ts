import { isDeepStrictEqual } from 'node:util';
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Env, Outcome, Process } from '../../src/kernel/types.ts';
import { xstateProcess } from '../../src/protocols/xstateProcess.ts';

/** A state of the process under test beside the state of XState's own process after the same events. */
export type Pair = { readonly own: unknown; readonly reference: AnyMachineSnapshot };

type Draw = readonly [purpose: string, value: number];

/**
 * A process that does everything twice: by itself and as XState would, from the same state, with the same event and the
 * same luck. It throws where the two differ in state, data, effects, their order, or what they draw; or where only one
 * of them fails; where both do, XState's error is the cause of what it throws. Else it behaves as the first, so that whole simulations can be run on it.
 */
export function besideXState(process: Process, machine: AnyStateMachine, onStep?: (state: string) => void): Process {
  const reference = xstateProcess(machine);

  function both(
    words: string,
    env: Env,
    own: (env: Env) => Outcome<unknown, unknown>,
    other: (env: Env) => Outcome<AnyMachineSnapshot, unknown>,
  ): Outcome<Pair, unknown> {
    const differ = (what: string, one: unknown, two: unknown): never => {
      const said = JSON.stringify({ table: one, xstate: two }, undefined, 1);
      throw new Difference(`${machine.id} at ${words}: ${what} differ${said === undefined ? '' : ` ${said}`}`);
    };
    const draws: Draw[] = [];
    const repeated: Draw[] = [];
    const mine = attempt(() => own({ ...env, random: (purpose) => keep(draws, purpose, env.random(purpose)) }));
    const theirs = attempt(() =>
      other({ ...env, random: (purpose) => keep(repeated, purpose, draws[repeated.length]?.[1] ?? Number.NaN) }),
    );
    if (mine instanceof Error || theirs instanceof Error) {
      if (mine instanceof Error && theirs instanceof Error) throw new Error(mine.message, { cause: theirs });
      return differ('failures', String((mine as Error).stack ?? 'none'), String((theirs as Error).stack ?? 'none'));
    }
    if (!isDeepStrictEqual(draws, repeated)) differ('draws', draws, repeated);
    const name = process.stateName(mine.state);
    const referenceName = reference.stateName(theirs.state);
    if (name !== referenceName) differ('states', name, referenceName);
    if (!isDeepStrictEqual(mine.effects, theirs.effects)) differ('effects', mine.effects, theirs.effects);
    const context = process.dataOf(mine.state);
    if (!isDeepStrictEqual(context, theirs.state.context)) differ('data', context, theirs.state.context);
    onStep?.(name);
    // They are equal, so the two may share them: what did not change needs no comparing at the next event.
    const shared = { ...theirs.state, context } as AnyMachineSnapshot;
    return { state: { own: mine.state, reference: shared }, effects: mine.effects };
  }

  const pair = (state: unknown) => state as Pair;
  return {
    boot: (disk, env) =>
      both(
        'boot',
        env,
        (once) => process.boot(disk, once),
        (again) => reference.boot(disk, again),
      ),
    handle: (state, event, env) =>
      both(
        `${process.stateName(pair(state).own)} + ${JSON.stringify(event)}`,
        env,
        (once) => process.handle(pair(state).own, event, once),
        (again) => reference.handle(pair(state).reference, event, again),
      ),
    stateName: (state) => process.stateName(pair(state).own),
    dataOf: (state) => process.dataOf(pair(state).own),
    inspect: (state) => process.inspect(pair(state).own),
    hearsDiskSynced: process.hearsDiskSynced === true,
  };
}

/** The table and XState are not of one mind. */
export class Difference extends Error {}

function keep(draws: Draw[], purpose: string, value: number): number {
  draws.push([purpose, value]);
  return value;
}

function attempt<T>(run: () => T): T | Error {
  try {
    return run();
  } catch (error) {
    return error as Error;
  }
}
