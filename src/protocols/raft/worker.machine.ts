import { createMachine } from 'xstate';
import { act, lasting, machineProcess, when } from '../machineProcess.ts';
import type { AskerDisk } from './asking.ts';
import { hearingAnswers, stepping } from './hearing.ts';
import {
  afterHearing,
  askFor,
  beginWork,
  bootWorker,
  endWork,
  NEW_WORKER,
  type RaftWorker,
  settlement,
  turnTo,
  WORK_LEAST_MS,
  type WorkerTurn,
} from './worker.ts';

const hearing = {
  ...hearingAnswers(afterHearing),
  leaveRequested: { actions: stepping<RaftWorker>((worker) => ({ state: { ...worker, leaving: true }, effects: [] })) },
};

/** The data say whose turn it is; the state follows. */
function follow(...turns: readonly WorkerTurn[]) {
  return turns.map((turn) => ({ guard: when<RaftWorker>((worker) => worker.turn === turn), target: turn }));
}

/** A worker of the replicated queue: asks for a card, works on it, settles it; one card at a time. */
export const workerMachine = createMachine({
  id: 'raft-worker',
  context: { ...NEW_WORKER, outbox: [] },
  initial: 'off',
  states: {
    off: {
      on: {
        // It does not stay there: the boot says what it turns to.
        boot: {
          target: 'resting',
          actions: stepping<RaftWorker>((_, { env, disk }) => bootWorker(disk as AskerDisk | undefined, env)),
        },
      },
    },
    registering: {
      description: 'Asks for a session, under which repeated requests are recognised.',
      entry: stepping<RaftWorker>((worker, { env }) => askFor(worker, { op: 'register' }, env)),
      on: hearing,
      always: follow('asking', 'gone'),
    },
    asking: {
      description: 'Asks the cluster for the next card.',
      entry: stepping<RaftWorker>((worker, { env }) => askFor(worker, { op: 'receive' }, env)),
      on: hearing,
      always: follow('working', 'resting', 'registering', 'gone'),
    },
    working: {
      description: 'Has a card and works on the image.',
      entry: stepping<RaftWorker>((worker, { env }) => beginWork(worker, env)),
      on: { ...hearing, 'timer.work': { actions: stepping<RaftWorker>((worker) => endWork(worker)) } },
      always: follow('settling'),
    },
    settling: {
      description: 'Tells the cluster how the work ended.',
      entry: stepping<RaftWorker>((worker, { env }) => askFor(worker, settlement(worker.held!), env)),
      on: hearing,
      always: follow('asking', 'resting', 'registering', 'gone'),
    },
    resting: {
      description: 'There was nothing to do, or no answer; it asks again in a moment.',
      on: { ...hearing, leaveRequested: { target: 'gone' } },
      always: follow('asking', 'registering', 'gone'),
      after: {
        pollInterval: {
          actions: stepping<RaftWorker>((worker, { env }) => ({ state: turnTo(worker, 'asking', env), effects: [] })),
        },
      },
    },
    gone: { description: 'Has finished and goes.', entry: act(() => ({ effects: [{ kind: 'leave' }] })) },
  },
}).provide({
  delays: {
    pollInterval: lasting<RaftWorker>((_, { env }) => Math.max(WORK_LEAST_MS, env.parameters.pollIntervalMs as number)),
  },
} as never);

/** A worker as a process; its disk keeps its numbers and its session, not what it works on. */
export const raftWorker = machineProcess<RaftWorker>({ machine: workerMachine });
