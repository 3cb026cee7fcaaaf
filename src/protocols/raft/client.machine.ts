import { createMachine } from 'xstate';
import type { Address } from '../../kernel/types.ts';
import { act, machineProcess, when } from '../machineProcess.ts';
import { isRegistering } from './asking.ts';
import {
  afterHearing,
  bootClient,
  type Client,
  type ClientDisk,
  clientJson,
  NEW_CLIENT,
  oweOne,
  reschedule,
  staleServer,
  want,
  wantJob,
} from './client.ts';
import { hearingAnswers, stepping } from './hearing.ts';

const hearing = {
  ...hearingAnswers(afterHearing),
  'timer.operation': { actions: stepping<Client>((client, { env }) => oweOne(client, env)) },
  'command.submit': {
    actions: stepping<Client>((client, { env, item }) => wantJob(client, item as number | undefined, env)),
  },
  'command.read': {
    actions: stepping<Client>((client, { env, key, at }) => {
      const pinnedTo = (at as Address | undefined) ?? staleServer(env);
      return want(client, { operation: { op: 'read', key: key as string }, pinnedTo }, env);
    }),
  },
  'command.write': {
    actions: stepping<Client>((client, { env, key, value }) => {
      const operation = { op: 'write', key: key as string, value: value as number } as const;
      return want(client, { operation, pinnedTo: undefined }, env);
    }),
  },
  parameterChanged: { actions: stepping<Client>((client, { env }) => reschedule(client, env)) },
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
          actions: stepping<Client>((_, { env, disk }) => bootClient(disk as ClientDisk | undefined, env)),
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
