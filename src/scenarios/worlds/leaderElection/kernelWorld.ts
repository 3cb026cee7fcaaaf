import { addressOf } from '../../../kernel/addresses.ts';
import { microsOfMs } from '../../../kernel/time.ts';
import type { Address, CastMember, KernelWorld, LinkWeather, Parameters } from '../../../kernel/types.ts';
import {
  assignedWorker,
  coordinatorsOf,
  coordinatorUnder,
  hasLockService,
  jobBoard,
  jobProducer,
  LOCK_SERVICE,
  lockService,
  STORAGE,
  type StrategyId,
  storage,
} from '../../../protocols/election/index.ts';
import { BROKER, RESULT_STORE, resultStore } from '../../../protocols/workQueue/index.ts';
import { performInLeaderElection } from './deeds.ts';
import { leaderElectionParameters } from './parameters/index.ts';
import { resolveRoleOfLeaderElection } from './roles.ts';

const hearers = new Map(leaderElectionParameters.map(({ name, hearers: told }) => [name, told ?? []]));

/** What the kernel needs to know of the leader-election world. */
export const leaderElectionKernelWorld: KernelWorld = {
  id: 'leader-election',
  cast,
  link,
  diskSyncMicros,
  parameterHearers: (name) => hearers.get(name) ?? [],
  resolveRole: resolveRoleOfLeaderElection,
  perform: performInLeaderElection,
};

/** Strategies that ask no lock service have none. */
function cast(parameters: Parameters): readonly CastMember[] {
  const members: CastMember[] = [
    { address: BROKER, kind: 'job-board', process: jobBoard },
    { address: STORAGE, kind: 'storage', process: storage },
    { address: RESULT_STORE, kind: 'result-store', process: resultStore },
  ];
  if (hasLockService(parameters.strategy)) {
    members.push({ address: LOCK_SERVICE, kind: 'lock-service', process: lockService });
  }
  const coordinator = coordinatorUnder(parameters.strategy as StrategyId);
  for (const address of coordinatorsOf(parameters))
    members.push({ address, kind: 'coordinator', process: coordinator });
  for (let n = 1; n <= (parameters.producers as number); n++) {
    members.push({ address: addressOf('producer', n), kind: 'producer', process: jobProducer });
  }
  for (let n = 1; n <= (parameters.workers as number); n++) {
    members.push({ address: addressOf('worker', n), kind: 'assigned-worker', process: assignedWorker });
  }
  return members;
}

function link(_: Address, __: Address, parameters: Parameters): LinkWeather {
  const minMicros = microsOfMs(parameters.linkMs as number);
  const jitterMicros = microsOfMs(parameters.linkJitterMs as number);
  return {
    latency:
      jitterMicros === 0
        ? { kind: 'constant', micros: minMicros }
        : { kind: 'uniform', minMicros, maxMicros: minMicros + jitterMicros },
    lossProbability: parameters.messageLossProbability as number,
    duplicationProbability: 0,
  };
}

/** Only the disks that this world is about take time. */
function diskSyncMicros(address: Address, parameters: Parameters): number {
  if (address === LOCK_SERVICE) return microsOfMs(parameters.lockServiceDiskSyncMs as number);
  return address === STORAGE ? microsOfMs(parameters.storageDiskSyncMs as number) : 0;
}
