import type { Scenario } from '../../types.ts';
import { capConsistent, capStale, capWait } from './cap.ts';
import { chaosRaft } from './chaosRaft.ts';
import { disruptive, disruptiveWithPreVote } from './disruptive.ts';
import { elect } from './elect.ts';
import { figure7 } from './figure7.ts';
import { figure8, figure8WithTheRule } from './figure8.ts';
import { killTheLeader } from './killTheLeader.ts';
import { killTwoKillThree } from './killTwoKillThree.ts';
import { lostReply, lostReplyWithSessions } from './lostReply.ts';
import { membership, membershipSafe } from './membership.ts';
import { minorityWrites } from './minorityWrites.ts';
import { partition32 } from './partition32.ts';
import { snapshot } from './snapshot.ts';
import { splitVote } from './splitVote.ts';
import { staleRead, staleReadIndex, staleReadLease, staleReadLeaseDrift } from './staleRead.ts';
import { threeContinents } from './threeContinents.ts';
import { atLeastOnce, atMostOnce, exactlyOnce } from './threeLosses.ts';
import { tooTight } from './tooTight.ts';
import { transfer } from './transfer.ts';

/** The library scenarios of the replicated queue, in the order of the front door. */
export const replicatedQueueLibrary: readonly Scenario[] = [
  killTheLeader,
  elect,
  killTwoKillThree,
  splitVote,
  partition32,
  minorityWrites,
  transfer,
  lostReply,
  lostReplyWithSessions,
  atMostOnce,
  atLeastOnce,
  exactlyOnce,
  staleRead,
  staleReadIndex,
  staleReadLease,
  staleReadLeaseDrift,
  capConsistent,
  capStale,
  capWait,
  disruptive,
  disruptiveWithPreVote,
  figure7,
  figure8,
  figure8WithTheRule,
  snapshot,
  membership,
  membershipSafe,
  threeContinents,
  tooTight,
  chaosRaft,
];
