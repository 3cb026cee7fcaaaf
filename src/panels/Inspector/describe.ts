import { describeStates } from '../../protocols/machineProcess.ts';
import {
  brokerMachine,
  deadLetterQueueMachine,
  dependencyMachine,
  producerMachine,
  resultStoreMachine,
  workerMachine,
} from '../../protocols/workQueue/index.ts';

const machines = {
  broker: brokerMachine,
  'dead-letter-queue': deadLetterQueueMachine,
  'image-store': dependencyMachine,
  producer: producerMachine,
  'result-store': resultStoreMachine,
  worker: workerMachine,
};

const known = new Map<string, ReadonlyMap<string, string>>();

/** The sentences that define a state, the outermost first; they stand at the machine's states. */
export function describe(kind: string, state: string): readonly string[] {
  const machine = machines[kind as keyof typeof machines];
  if (machine === undefined) return [];
  let sentences = known.get(kind);
  if (sentences === undefined) {
    sentences = describeStates(machine);
    known.set(kind, sentences);
  }
  const path = state.split('.');
  return path.flatMap((_, depth) => sentences.get(path.slice(0, depth + 1).join('.')) ?? []);
}
