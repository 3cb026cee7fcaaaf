import type { Scenario } from '../types.ts';
import { ackFirst } from './workQueue/ackFirst.ts';
import { brokerDies } from './workQueue/brokerDies.ts';
import { deadLetters } from './workQueue/deadLetters.ts';
import { defaultsPubSub, defaultsServiceBus, defaultsSqs } from './workQueue/defaults.ts';
import { exponential } from './workQueue/exponential.ts';
import { heartbeatExtends } from './workQueue/heartbeatExtends.ts';
import { herd } from './workQueue/herd.ts';
import { herdWithJitter } from './workQueue/herdWithJitter.ts';
import { idempotent } from './workQueue/idempotent.ts';
import { naive } from './workQueue/naive.ts';
import { oneIsNotEnough } from './workQueue/oneIsNotEnough.ts';
import { poison } from './workQueue/poison.ts';
import { race } from './workQueue/race.ts';
import { retryAtOnce } from './workQueue/retryAtOnce.ts';
import { twoGrabOne } from './workQueue/twoGrabOne.ts';
import { visibilityTooShort } from './workQueue/visibilityTooShort.ts';
import { workerDies } from './workQueue/workerDies.ts';

/** Every library scenario, in the order of the front door. */
export const library: readonly Scenario[] = [
  naive,
  oneIsNotEnough,
  twoGrabOne,
  race,
  retryAtOnce,
  exponential,
  herd,
  herdWithJitter,
  poison,
  deadLetters,
  workerDies,
  ackFirst,
  visibilityTooShort,
  idempotent,
  heartbeatExtends,
  defaultsSqs,
  defaultsServiceBus,
  defaultsPubSub,
  brokerDies,
];
