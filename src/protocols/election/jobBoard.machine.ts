import { createMachine } from 'xstate';
import { machineProcess } from '../machineProcess.ts';
import { boot, list, NEW_JOB_BOARD, submit, takeOff } from './jobBoard.ts';
import { keeping, type Step } from './step.ts';
import type { JobBoard } from './types.ts';

const on = (step: Step<JobBoard>) => ({ actions: keeping(step) });

/** The broker: a list of jobs that wait to be assigned. */
export const jobBoardMachine = createMachine({
  id: 'job-board',
  context: { ...NEW_JOB_BOARD, outbox: [] },
  initial: 'off',
  states: {
    off: { description: 'It has not started yet.', on: { boot: { target: 'open', actions: keeping(boot) } } },
    open: {
      description: 'Takes jobs, and tells the coordinators which wait to be assigned.',
      on: { submit: on(submit), assigned: on(takeOff), list: on(list) },
    },
  },
});

/** The broker as a process; its disk has all that it knows. */
export const jobBoard = machineProcess<JobBoard>({ machine: jobBoardMachine });
