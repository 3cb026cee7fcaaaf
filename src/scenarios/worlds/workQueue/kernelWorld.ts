import { addressOf } from '../../../kernel/addresses.ts';
import { microsOfMs } from '../../../kernel/time.ts';
import type {
  Address,
  CastMember,
  Command,
  CommandOutcome,
  KernelWorld,
  LinkWeather,
  Parameters,
  ProcessView,
  WorldView,
} from '../../../kernel/types.ts';
import {
  BROKER,
  broker,
  DEAD_LETTER_QUEUE,
  DEPENDENCY,
  type DeadLetterQueue,
  deadLetterQueue,
  dependency,
  type ImageWorker,
  producer,
  RESULT_STORE,
  resultStore,
  worker,
} from '../../../protocols/workQueue/index.ts';
import { workQueueParameters } from './parameters.ts';

const HOLDER_OF = 'holder-of:';
const ANY = 'any-';

const hearers = new Map(workQueueParameters.map((parameter) => [parameter.name, parameter.hearers ?? []]));

/** What the kernel needs to know of the work-queue world. */
export const workQueueKernelWorld: KernelWorld = {
  id: 'work-queue',
  cast,
  link,
  diskSyncMicros: (address, parameters) =>
    address.startsWith('producer') ? 0 : microsOfMs(parameters.diskSyncMs as number),
  parameterHearers: (name) => hearers.get(name) ?? [],
  resolveRole,
  perform,
};

function cast(parameters: Parameters): readonly CastMember[] {
  const members: CastMember[] = [
    { address: BROKER, kind: 'broker', process: broker },
    { address: DEAD_LETTER_QUEUE, kind: 'dead-letter-queue', process: deadLetterQueue },
    { address: RESULT_STORE, kind: 'result-store', process: resultStore },
  ];
  if ((parameters.dependencyConcurrency as number) > 0) {
    members.push({ address: DEPENDENCY, kind: 'image-store', process: dependency });
  }
  for (let n = 1; n <= (parameters.producers as number); n++) {
    members.push({ address: addressOf('producer', n), kind: 'producer', process: producer });
  }
  for (let n = 1; n <= (parameters.workers as number); n++) {
    members.push({ address: addressOf('worker', n), kind: 'worker', process: worker });
  }
  return members;
}

function isStore(address: Address): boolean {
  return address === DEPENDENCY || address === RESULT_STORE;
}

function link(from: Address, to: Address, parameters: Parameters): LinkWeather {
  const leastMs = (isStore(from) || isStore(to) ? parameters.storeLinkMs : parameters.linkMs) as number;
  const minMicros = microsOfMs(leastMs);
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

function holding(process: ProcessView): ImageWorker['holding'] {
  return process.state.startsWith('working') ? (process.data as ImageWorker | undefined)?.holding : undefined;
}

/** The address that a role means now. Among equals, the first in natural order. */
function resolveRole(role: string, view: WorldView, random: () => number): Address | undefined {
  const all = view.addresses().map((address) => view.process(address)!);
  const workers = all.filter((process) => process.kind === 'worker' && process.status !== 'crashed');
  const busy = workers.filter((process) => holding(process) !== undefined);
  if (role === 'busy-worker') return busy[0]?.address;
  if (role === 'idle-worker') return workers.find((process) => holding(process) === undefined)?.address;
  if (role === 'oldest-worker') {
    let oldest: ProcessView | undefined;
    for (const one of busy) {
      if (oldest === undefined || holding(one)!.receivedMicros < holding(oldest)!.receivedMicros) oldest = one;
    }
    return oldest?.address;
  }
  if (role.startsWith(HOLDER_OF)) {
    const itemId = Number(role.slice(HOLDER_OF.length));
    return busy.find((process) => holding(process)!.item.id === itemId)?.address;
  }
  if (role.startsWith(ANY)) {
    const kind = role.slice(ANY.length);
    const candidates = all.filter((process) => process.kind === kind && process.status !== 'crashed');
    return candidates.length === 0 ? undefined : candidates[Math.floor(random() * candidates.length)]!.address;
  }
  return undefined;
}

function perform(command: Command, view: WorldView): CommandOutcome {
  switch (command.do) {
    case 'submit': {
      const producers = view.addresses().filter((address) => view.process(address)!.kind === 'producer');
      const up = producers.find((address) => view.process(address)!.status === 'up');
      return { deliver: [{ to: up ?? addressOf('producer', 1), command }] };
    }
    case 'redrive': {
      const tray = view.process(DEAD_LETTER_QUEUE)!.data as DeadLetterQueue | undefined;
      const lying = tray?.letters.filter((letter) => letter.redriveTries === 0) ?? [];
      const isThere = lying.some((letter) => command.item === undefined || letter.item.id === command.item);
      if (tray !== undefined && !isThere) {
        const reason =
          command.item === undefined
            ? 'no letter lies in the tray'
            : `no letter of image ${String(command.item)} lies in the tray`;
        return { missed: reason };
      }
      return { deliver: [{ to: DEAD_LETTER_QUEUE, command }] };
    }
    case 'outage':
    case 'recover': {
      const store = view.process(DEPENDENCY);
      if (store === undefined) return { missed: 'the workers call no image store in this run' };
      const isOut = store.state === 'outage';
      if (isOut === (command.do === 'outage'))
        return { missed: isOut ? 'the image store is out already' : 'the image store is not out' };
      return { deliver: [{ to: DEPENDENCY, command }] };
    }
    default:
      return { missed: `this world has no command ${command.do}` };
  }
}
