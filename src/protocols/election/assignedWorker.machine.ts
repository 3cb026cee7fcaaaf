import { createMachine } from 'xstate';
import { act, lasting, machineProcess, when } from '../machineProcess.ts';
import {
  begin,
  boot,
  endWork,
  finish,
  NEW_WORKER,
  reportAgain,
  store,
  storeKey,
  take,
  wantToLeave,
} from './assignedWorker.ts';
import { doing } from './step.ts';
import { patienceMs } from './terms.ts';
import type { AssignedWorker } from './types.ts';

const isFinished = when<AssignedWorker>((worker, event) => worker.finished.includes(event.number as number));
const hasWork = when<AssignedWorker>((worker) => worker.line.length > 0);
const isLeaving = when<AssignedWorker>((worker) => worker.leaving);
const isOurs = when<AssignedWorker>((worker, event) => event.about === storeKey(worker));

/** A worker that is told what to do. */
export const assignedWorkerMachine = createMachine({
  id: 'assigned-worker',
  context: { ...NEW_WORKER, outbox: [] },
  initial: 'off',
  on: {
    assignment: [{ guard: isFinished, actions: doing(reportAgain) }, { actions: doing(take) }],
    leaveRequested: { actions: doing(wantToLeave) },
  },
  states: {
    off: { description: 'It has not started yet.', on: { boot: { target: 'idle', actions: doing(boot) } } },
    idle: {
      description: 'Waits to be told what to do.',
      always: [
        { guard: hasWork, target: 'processing' },
        { guard: isLeaving, target: 'gone' },
      ],
    },
    processing: {
      description: 'Works on the image.',
      entry: doing(begin),
      on: { 'timer.work': { target: 'storing', actions: doing(endWork) } },
    },
    storing: {
      description: 'Writes the result and waits until it is kept.',
      entry: doing(store),
      on: { stored: { guard: isOurs, target: 'idle', actions: doing(finish) } },
      after: { storeTimeout: { target: 'storing', reenter: true } },
    },
    gone: { description: 'Has finished and goes.', entry: act(() => ({ effects: [{ kind: 'leave' }] })) },
  },
}).provide({
  delays: { storeTimeout: lasting<AssignedWorker>((_, { env }) => patienceMs(0, env.parameters)) },
} as never);

/** A worker as a process. */
export const assignedWorker = machineProcess<AssignedWorker>({ machine: assignedWorkerMachine });
