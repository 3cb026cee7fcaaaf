import type { Scenario } from '../../types.ts';
import { bully } from './bully.ts';
import { defaultsConsul, defaultsEtcd, defaultsKubernetes, defaultsZooKeeper } from './defaults.ts';
import { differentViews } from './differentViews.ts';
import { drift, driftOffset, driftSafe } from './drift.ts';
import { fencingOffChaos } from './fencingOffChaos.ts';
import { handOver } from './handOver.ts';
import { herdCured, herdOfWatchers } from './herdOfWatchers.ts';
import { killTheCoordinator } from './killTheCoordinator.ts';
import { lockDelay, lockDelayCleanStop } from './lockDelay.ts';
import { naiveHeartbeat } from './naiveHeartbeat.ts';
import { noStandby } from './noStandby.ts';
import { oneWayCut, oneWayCutBack } from './oneWayCut.ts';
import { checkBeforeWrite, fenceForgotten, fenceRemembered, pausedZombie, pausedZombieFenced } from './pausedZombie.ts';
import { timeoutTooLong, timeoutTooShort } from './timeouts.ts';
import { twoLeaders } from './twoLeaders.ts';

/** The library scenarios of the leader election, in the order of the front door. */
export const leaderElectionLibrary: readonly Scenario[] = [
  killTheCoordinator,
  noStandby,
  differentViews,
  naiveHeartbeat,
  timeoutTooShort,
  timeoutTooLong,
  oneWayCut,
  oneWayCutBack,
  driftOffset,
  driftSafe,
  drift,
  pausedZombie,
  pausedZombieFenced,
  checkBeforeWrite,
  fenceForgotten,
  fenceRemembered,
  twoLeaders,
  bully,
  herdOfWatchers,
  herdCured,
  lockDelay,
  lockDelayCleanStop,
  handOver,
  defaultsKubernetes,
  defaultsConsul,
  defaultsEtcd,
  defaultsZooKeeper,
  fencingOffChaos,
];
