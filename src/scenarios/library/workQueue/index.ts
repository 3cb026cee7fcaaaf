import type { Scenario } from '../../types.ts';
import { ackFirst } from './ackFirst.ts';
import { brokerDies } from './brokerDies.ts';
import { deadLetters } from './deadLetters.ts';
import { defaultsPubSub, defaultsServiceBus, defaultsSqs } from './defaults.ts';
import { exponential } from './exponential.ts';
import { heartbeatExtends } from './heartbeatExtends.ts';
import { herd } from './herd.ts';
import { herdWithJitter } from './herdWithJitter.ts';
import { idempotent } from './idempotent.ts';
import { naive } from './naive.ts';
import { oneIsNotEnough } from './oneIsNotEnough.ts';
import { poison } from './poison.ts';
import { race } from './race.ts';
import { retryAtOnce } from './retryAtOnce.ts';
import { twoGrabOne } from './twoGrabOne.ts';
import { visibilityTooShort } from './visibilityTooShort.ts';
import { workerDies } from './workerDies.ts';

/** The library scenarios of the work queue, in the order of the front door. */
export const workQueueLibrary: readonly Scenario[] = [
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
