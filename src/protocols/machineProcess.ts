import type { AnyStateMachine } from 'xstate';
import type { Json, Process } from '../kernel/types.ts';
import { type FlatState, flatMachine } from './flatMachine.ts';
import { flatStep } from './flatStep.ts';
import { machineEvent } from './machineEvent.ts';

/*
 * The only place that knows how an XState machine is run. A machine is compiled to a flat table and run purely: its
 * `after` becomes a kernel timer, its handlers give effects back, and nothing is executed by XState itself.
 */

export type { Acting, Handled, Handler, MachineEvent } from './acting.ts';
export { act, lasting, when } from './acting.ts';

export type MachineProcessOptions<D> = {
  readonly machine: AnyStateMachine;
  /** What page, terminal and inspector show; by default all data. */
  readonly inspect?: (data: D, state: string) => Json;
};

/** A process that is run by a machine; the machine is at hand for whoever wants to run it otherwise (tests, bench). */
export type MachineProcess<D> = Process<FlatState<D>, unknown> & { readonly machine: AnyStateMachine };

/** Turns a machine into a process. Throws where the machine uses what it may not; `refusals.ts` has the sentences. */
export function machineProcess<D>(options: MachineProcessOptions<D>): MachineProcess<D> {
  const { machine } = options;
  const flat = flatMachine<D>(machine);
  return {
    machine,
    boot: (disk, env) => flatStep(flat, flat.initial, { type: 'boot', env, disk }),
    handle: (state, event, env) => flatStep(flat, state, machineEvent(event, env)),
    stateName: (state) => state.node.name,
    dataOf: (state) => state.context,
    inspect: ({ context, node }) => {
      const { outbox: _, ...data } = context;
      return options.inspect === undefined ? (data as Json) : options.inspect(data as D, node.name);
    },
    hearsDiskSynced: machine.events.includes('diskSynced'),
  };
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
