import { recentDiscards } from '../../../measures/replicatedQueue/discards.ts';
import { replicatedQueueMeasure } from '../../../measures/replicatedQueue/index.ts';
import { operationsSeen } from '../../../measures/replicatedQueue/operations.ts';
import { termTape } from '../../../measures/replicatedQueue/tape.ts';
import { raftWatchers } from '../../../promises/raft/index.ts';
import type { World } from '../../types.ts';
import { replicatedQueueCast } from './cast.ts';
import { replicatedQueueCommands } from './commands.ts';
import { headlineOfReplicatedQueue } from './headlines.ts';
import { replicatedQueueKernelWorld } from './kernelWorld.ts';
import { notModelledInReplicatedQueue } from './notModelled.ts';
import { replicatedQueueParameters } from './parameters/index.ts';
import { replicatedQueueRoles } from './roles.ts';
import { tellReplicatedQueue } from './sentences.ts';
import { checkStartOfReplicatedQueue } from './start.ts';
import { stateSentencesOfReplicatedQueue } from './stateSentences.ts';
import { unrestOfReplicatedQueue } from './unrest.ts';

/** Clients and workers → a Raft cluster whose state machine is the job queue (and a small key-value store). */
export const replicatedQueue: World = {
  id: 'replicated-queue',
  title: 'Replicated queue (Raft)',
  teaches: 'Leader election, replicated logs, majorities, exactly-once, consistent reads, partitions.',
  parameters: replicatedQueueParameters,
  commands: replicatedQueueCommands,
  roles: replicatedQueueRoles,
  cast: replicatedQueueCast,
  kernel: replicatedQueueKernelWorld,
  checkStart: checkStartOfReplicatedQueue,
  unrest: unrestOfReplicatedQueue,
  watchers: raftWatchers,
  measures: [replicatedQueueMeasure, operationsSeen, recentDiscards, termTape],
  notModelled: notModelledInReplicatedQueue,
  tell: tellReplicatedQueue,
  panels: [
    ...['controls', 'faults', 'promises', 'log-grid', 'operations', 'state'],
    ...['charts', 'log', 'messages', 'inspector', 'figures', 'script'],
  ],
  stateSentences: stateSentencesOfReplicatedQueue,
  headline: headlineOfReplicatedQueue,
};
