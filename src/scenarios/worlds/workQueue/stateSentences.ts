import { describeStates } from '../../../protocols/machineProcess.ts';
import {
  brokerMachine,
  deadLetterQueueMachine,
  dependencyMachine,
  producerMachine,
  resultStoreMachine,
  workerMachine,
} from '../../../protocols/workQueue/index.ts';

const machines = {
  broker: brokerMachine,
  'dead-letter-queue': deadLetterQueueMachine,
  'image-store': dependencyMachine,
  producer: producerMachine,
  'result-store': resultStoreMachine,
  worker: workerMachine,
};

/** What each state of such a process means, as its machine says it. */
export function stateSentencesOfWorkQueue(kind: string): ReadonlyMap<string, string> | undefined {
  const machine = machines[kind as keyof typeof machines];
  return machine && describeStates(machine);
}
