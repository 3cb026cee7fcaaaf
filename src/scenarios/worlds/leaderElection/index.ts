import { hearing } from '../../../measures/leaderElection/hearing.ts';
import { leaderElectionMeasure } from '../../../measures/leaderElection/index.ts';
import { leadershipLanes } from '../../../measures/leaderElection/lanes.ts';
import { phiOverTime } from '../../../measures/leaderElection/phi.ts';
import { electionTape } from '../../../measures/leaderElection/tape.ts';
import { electionWatchers } from '../../../promises/election/index.ts';
import type { World } from '../../types.ts';
import { leaderElectionCast } from './cast.ts';
import { leaderElectionCommands } from './commands.ts';
import { headlineOfLeaderElection } from './headlines.ts';
import { leaderElectionKernelWorld } from './kernelWorld.ts';
import { notModelledInLeaderElection } from './notModelled.ts';
import { leaderElectionParameters } from './parameters/index.ts';
import { leaderElectionRoles } from './roles.ts';
import { tellLeaderElection } from './sentences.ts';
import { stateSentencesOfLeaderElection } from './stateSentences.ts';
import { unrestOfLeaderElection } from './unrest.ts';

/** Coordinators that compete for the lead, a lock service, a storage that can refuse late writes, and the jobs. */
export const leaderElection: World = {
  id: 'leader-election',
  title: 'Leader election',
  teaches: 'Leases, sessions, failure detection, failover, split brain, zombies, fencing tokens.',
  parameters: leaderElectionParameters,
  commands: leaderElectionCommands,
  roles: leaderElectionRoles,
  cast: leaderElectionCast,
  kernel: leaderElectionKernelWorld,
  unrest: unrestOfLeaderElection,
  watchers: electionWatchers,
  measures: [leaderElectionMeasure, leadershipLanes, phiOverTime, hearing, electionTape],
  notModelled: notModelledInLeaderElection,
  tell: tellLeaderElection,
  panels: [
    ...['controls', 'faults', 'leadership', 'promises', 'ledger', 'detector'],
    ...['charts', 'log', 'inspector', 'figures', 'script'],
  ],
  stateSentences: stateSentencesOfLeaderElection,
  headline: headlineOfLeaderElection,
};
