import { createMachine } from 'xstate';
import { machineProcess } from '../machineProcess.ts';
import { keeping, type Step } from './step.ts';
import { boot, finished, handOnAgain, hearGrant, NEW_STORAGE, noted, write } from './storage.ts';
import type { Storage } from './types.ts';

const on = (step: Step<Storage>) => ({ actions: keeping(step) });

/** The storage with its ledger of writes. */
export const storageMachine = createMachine({
  id: 'storage',
  context: { ...NEW_STORAGE, outbox: [] },
  initial: 'off',
  states: {
    off: { description: 'It has not started yet.', on: { boot: { target: 'open', actions: keeping(boot) } } },
    open: {
      description: 'Takes assignments or refuses them, and hands on what it took.',
      on: {
        write: on(write),
        finished: on(finished),
        noted: on(noted),
        grantAnnounced: on(hearGrant),
        'timer.again': on(handOnAgain),
      },
    },
  },
});

/** The storage as a process; its disk has all that it knows. */
export const storage = machineProcess<Storage>({ machine: storageMachine });
