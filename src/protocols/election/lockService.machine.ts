import { createMachine } from 'xstate';
import { machineProcess, when } from '../machineProcess.ts';
import {
  acquire,
  boot,
  check,
  endDelay,
  expire,
  expireSession,
  join,
  leave,
  look,
  NEW_LOCK_SERVICE,
  observe,
  ping,
  release,
  renew,
} from './lockService.ts';
import { keeping, type Step } from './step.ts';
import type { LockService } from './types.ts';

const on = (step: Step<LockService>) => ({ actions: keeping(step) });

const isHeld = when<LockService>(({ grant }) => grant !== undefined);
const isDelayed = when<LockService>((service) => service.isDelayed);
const isFree = when<LockService>(({ grant, isDelayed: delayed }) => grant === undefined && !delayed);

const toHeld = { guard: isHeld, target: 'held' };
const toDelayed = { guard: isDelayed, target: 'delayed' };
const toFree = { guard: isFree, target: 'free' };

/** A lock service with one lock: who holds it, until when, with which token. */
export const lockServiceMachine = createMachine({
  id: 'lock-service',
  context: { ...NEW_LOCK_SERVICE, outbox: [] },
  initial: 'off',
  on: {
    observe: on(observe),
    acquire: on(acquire),
    renew: on(renew),
    release: on(release),
    check: on(check),
    join: on(join),
    look: on(look),
    ping: on(ping),
    leave: on(leave),
    'timer.expiry': on(expire),
    'timer.session': on(expireSession),
    'timer.lockDelay': on(endDelay),
  },
  states: {
    off: {
      description: 'It has not started yet.',
      on: { boot: { target: 'free', actions: keeping(boot) } },
    },
    free: { description: 'Nobody holds the lease. The first who asks gets it.', always: [toHeld, toDelayed] },
    held: { description: 'Someone holds the lease; the others are turned away.', always: [toFree, toDelayed] },
    delayed: {
      description: 'The lease is free, but nobody gets it yet: late writes of the last holder shall die out first.',
      always: [toHeld, toFree],
    },
  },
});

/** The lock service as a process; its disk has all that it knows. */
export const lockService = machineProcess<LockService>({ machine: lockServiceMachine });
