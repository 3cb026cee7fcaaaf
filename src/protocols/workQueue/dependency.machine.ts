import { createMachine } from 'xstate';
import { microsOfMs } from '../../kernel/time.ts';
import type { Address, Effect } from '../../kernel/types.ts';
import { act, type Handler, machineProcess } from '../machineProcess.ts';

/** A call that is being served. */
export type Call = { readonly id: number; readonly from: Address; readonly about: string; readonly itemId: number };

/** The image store: what workers call while they process, and what many of them can trample. */
export type DependencyData = {
  readonly serving: readonly Call[];
  readonly refusing: readonly Call[];
  readonly calls: number;
  readonly refused: number;
};

export const NEW_DEPENDENCY: DependencyData = { serving: [], refusing: [], calls: 0, refused: 0 };

type Act = Handler<DependencyData>;

/** Serves the call if there is room, else refuses it after a while: a refusal costs time too. */
function admit(outage: boolean): Act {
  return (data, event) => {
    const { parameters } = event.env;
    const itemId = event.itemId as number;
    const call: Call = { id: data.calls + 1, from: event.from as Address, about: event.key as string, itemId };
    const calls = call.id;
    const serves = !outage && data.serving.length < (parameters.dependencyConcurrency as number);
    const effects: Effect[] = [{ kind: 'note', fact: { kind: 'callArrived', itemId, from: call.from, serves } }];
    if (serves) {
      const afterMicros = microsOfMs(parameters.dependencyMs as number);
      effects.push({ kind: 'startTimer', name: `serve:${call.id}`, afterMicros, work: true });
      return { data: { calls, serving: [...data.serving, call] }, effects };
    }
    const afterMicros = microsOfMs(parameters.dependencyRefuseMs as number);
    effects.push({ kind: 'startTimer', name: `refuse:${call.id}`, afterMicros });
    return { data: { calls, refusing: [...data.refusing, call] }, effects };
  };
}

function idIn(name: unknown): number {
  return Number((name as string).split(':')[1]);
}

function answer(kind: 'callDone' | 'callRefused', call: Call): Effect {
  return { kind: 'send', to: call.from, message: { kind, key: call.about, about: call.about, itemId: call.itemId } };
}

const complete: Act = (data, { name }) => {
  const call = data.serving.find((one) => one.id === idIn(name));
  if (call === undefined) return {};
  return { data: { serving: data.serving.filter((one) => one !== call) }, effects: [answer('callDone', call)] };
};

const refuse: Act = (data, { name }) => {
  const call = data.refusing.find((one) => one.id === idIn(name));
  if (call === undefined) return {};
  const fact = { kind: 'callRefused', itemId: call.itemId, from: call.from };
  return {
    data: { refusing: data.refusing.filter((one) => one !== call), refused: data.refused + 1 },
    effects: [{ kind: 'note', fact }, answer('callRefused', call)],
  };
};

/** What was being served when the outage began fails at once. */
const beginOutage: Act = (data) => ({
  data: { serving: [], refused: data.refused + data.serving.length },
  effects: [
    { kind: 'note', fact: { kind: 'outageBegan' } },
    ...data.serving.flatMap((call): readonly Effect[] => [
      { kind: 'cancelTimer', name: `serve:${call.id}` },
      { kind: 'note', fact: { kind: 'callRefused', itemId: call.itemId, from: call.from } },
      answer('callRefused', call),
    ]),
  ],
});

const endOutage: Act = () => ({ effects: [{ kind: 'note', fact: { kind: 'outageEnded' } }] });
const boot: Act = () => ({ data: NEW_DEPENDENCY });

const hearing = { 'timer.serve': { actions: act(complete) }, 'timer.refuse': { actions: act(refuse) } };

/** Serves a few calls at once, each for a while; refuses the others; refuses all in an outage. */
export const dependencyMachine = createMachine({
  id: 'image-store',
  context: { ...NEW_DEPENDENCY, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'available', actions: act(boot) } } },
    available: {
      description: 'Serves as many calls at once as it can and refuses the rest.',
      on: {
        ...hearing,
        call: { actions: act(admit(false)) },
        'command.outage': { target: 'outage', actions: act(beginOutage) },
        leaveRequested: 'gone',
      },
    },
    outage: {
      description: 'Refuses every call.',
      on: {
        ...hearing,
        call: { actions: act(admit(true)) },
        'command.recover': { target: 'available', actions: act(endOutage) },
        leaveRequested: 'gone',
      },
    },
    gone: { description: 'Is no longer used.', entry: act(() => ({ effects: [{ kind: 'leave' }] })) },
  },
});

/** The image store as a process. */
export const dependency = machineProcess<DependencyData>({ machine: dependencyMachine });
