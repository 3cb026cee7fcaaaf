import { createMachine } from 'xstate';
import type { Address } from '../../kernel/types.ts';
import { act, type Handler, type MachineEvent, machineProcess, when } from '../machineProcess.ts';
import { askAgain, hearNothing, hearReply, isRegistering, numberOfTimer } from './asking.ts';
import {
  afterHearing,
  bootClient,
  type Client,
  type ClientDisk,
  type ClientStep,
  clientJson,
  NEW_CLIENT,
  oweOne,
  reschedule,
  staleServer,
  want,
  wantJob,
} from './client.ts';
import type { ClientReply } from './types.ts';

/** Wraps a function from a client and an event to the next client and effects. */
function stepping(step: (client: Client, event: MachineEvent) => ClientStep) {
  const handler: Handler<Client> = (data, event) => {
    const { client, effects } = step(data, event);
    return { data: client, effects };
  };
  return act(handler);
}

const hearing = {
  reply: {
    actions: stepping((client, event) => {
      const heard = hearReply(client.asker, event as unknown as ClientReply, event.from as Address, event.env);
      return afterHearing(client, heard, event.env);
    }),
  },
  'timer.answer': {
    actions: stepping((client, { env, name }) =>
      afterHearing(client, hearNothing(client.asker, numberOfTimer(name as string), env), env),
    ),
  },
  'timer.again': {
    actions: stepping((client, { env, name }) =>
      afterHearing(client, askAgain(client.asker, numberOfTimer(name as string), env), env),
    ),
  },
  'timer.operation': { actions: stepping((client, { env }) => oweOne(client, env)) },
  'command.submit': {
    actions: stepping((client, { env, item }) => wantJob(client, item as number | undefined, env)),
  },
  'command.read': {
    actions: stepping((client, { env, key, at }) => {
      const pinnedTo = (at as Address | undefined) ?? staleServer(env);
      return want(client, { operation: { op: 'read', key: key as string }, pinnedTo }, env);
    }),
  },
  'command.write': {
    actions: stepping((client, { env, key, value }) => {
      const operation = { op: 'write', key: key as string, value: value as number } as const;
      return want(client, { operation, pinnedTo: undefined }, env);
    }),
  },
  parameterChanged: { actions: stepping((client, { env }) => reschedule(client, env)) },
  leaveRequested: 'gone',
};

const registers = when<Client>((client) => isRegistering(client.asker));
const waits = when<Client>((client) => client.asker.open.length > 0 && !isRegistering(client.asker));
const isIdle = when<Client>((client) => client.asker.open.length === 0);

/** A client of the cluster: it finds the leader and asks it, and asks again as its delivery allows. */
export const clientMachine = createMachine({
  id: 'client',
  context: { ...NEW_CLIENT, outbox: [] },
  initial: 'off',
  states: {
    off: {
      on: {
        boot: {
          target: 'idle',
          actions: stepping((_, { env, disk }) => bootClient(disk as ClientDisk | undefined, env)),
        },
      },
    },
    idle: {
      description: 'Has nothing to ask.',
      on: hearing,
      always: [
        { guard: registers, target: 'registering' },
        { guard: waits, target: 'waiting' },
      ],
    },
    registering: {
      description: 'Asks for a session, under which repeated requests are recognised.',
      on: hearing,
      always: [
        { guard: waits, target: 'waiting' },
        { guard: isIdle, target: 'idle' },
      ],
    },
    waiting: {
      description: 'Waits for an answer of the cluster.',
      on: hearing,
      always: [
        { guard: registers, target: 'registering' },
        { guard: isIdle, target: 'idle' },
      ],
    },
    gone: { description: 'Has left.', entry: act(() => ({ effects: [{ kind: 'leave' }] })) },
  },
});

/** A client as a process; its disk keeps its numbers and its session. */
export const client = machineProcess<Client>({ machine: clientMachine, inspect: clientJson });
