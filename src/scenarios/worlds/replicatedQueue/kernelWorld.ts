import { addressOf } from '../../../kernel/addresses.ts';
import { microsOfMs } from '../../../kernel/time.ts';
import type { Address, CastMember, KernelWorld, LinkWeather, Parameters } from '../../../kernel/types.ts';
import { client, raftWorker, server } from '../../../protocols/raft/index.ts';
import { performInReplicatedQueue } from './deeds.ts';
import { distanceMs } from './geography.ts';
import { replicatedQueueParameters } from './parameters/index.ts';
import { resolveRoleOfReplicatedQueue } from './roles.ts';
import { startDisksOfReplicatedQueue } from './start.ts';

const hearers = new Map(replicatedQueueParameters.map(({ name, hearers: told }) => [name, told ?? []]));

/** What the kernel needs to know of the replicated-queue world. */
export const replicatedQueueKernelWorld: KernelWorld = {
  id: 'replicated-queue',
  cast,
  link,
  diskSyncMicros,
  startDisks: startDisksOfReplicatedQueue,
  parameterHearers: (name) => hearers.get(name) ?? [],
  resolveRole: resolveRoleOfReplicatedQueue,
  perform: performInReplicatedQueue,
};

function cast(parameters: Parameters): readonly CastMember[] {
  const members: CastMember[] = [];
  const servers = (parameters.servers as number) + (parameters.spareServers as number);
  for (let n = 1; n <= servers; n++) {
    members.push({ address: addressOf('server', n), kind: 'server', process: server });
  }
  for (let n = 1; n <= (parameters.clients as number); n++) {
    members.push({ address: addressOf('client', n), kind: 'client', process: client });
  }
  for (let n = 1; n <= (parameters.workers as number); n++) {
    members.push({ address: addressOf('worker', n), kind: 'worker', process: raftWorker });
  }
  return members;
}

function link(from: Address, to: Address, parameters: Parameters): LinkWeather {
  const minMicros = microsOfMs(distanceMs(from, to, parameters));
  const jitterMicros = microsOfMs(parameters.linkJitterMs as number);
  return {
    latency:
      jitterMicros === 0
        ? { kind: 'constant', micros: minMicros }
        : { kind: 'uniform', minMicros, maxMicros: minMicros + jitterMicros },
    lossProbability: parameters.messageLossProbability as number,
    duplicationProbability: parameters.messageDuplicationProbability as number,
  };
}

/** Only the servers' disks take time; what clients and workers remember is not what this world is about. */
function diskSyncMicros(address: Address, parameters: Parameters, random: () => number): number {
  if (!address.startsWith('server')) return 0;
  const jitterMs = parameters.diskSyncJitterMs as number;
  return microsOfMs((parameters.diskSyncMs as number) + (jitterMs === 0 ? 0 : random() * jitterMs));
}
