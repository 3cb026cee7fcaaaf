import {
  assignedWorkerMachine,
  coordinatorMachine,
  jobBoardMachine,
  lockServiceMachine,
  storageMachine,
  strategyOf,
} from '../../../protocols/election/index.ts';
import { describeStates } from '../../../protocols/machineProcess.ts';
import { producerMachine, resultStoreMachine } from '../../../protocols/workQueue/index.ts';

const machines = {
  'assigned-worker': assignedWorkerMachine,
  'job-board': jobBoardMachine,
  'lock-service': lockServiceMachine,
  storage: storageMachine,
  producer: producerMachine,
  'result-store': resultStoreMachine,
};

/** What a coordinator does in each state, whatever the strategy. */
const OF_COORDINATORS: ReadonlyMap<string, string> = new Map([
  ...describeStates(coordinatorMachine(strategyOf('lease'))),
  ['standingBy', 'It does not lead. It watches for the moment at which it may.'],
  ['campaigning', 'It has asked for the lead and waits for the answer.'],
  ['leading', 'It takes itself for the leader: it assigns jobs, round after round.'],
]);

/** What each state of such a process means, as its machine says it. */
export function stateSentencesOfLeaderElection(kind: string): ReadonlyMap<string, string> | undefined {
  if (kind === 'coordinator') return OF_COORDINATORS;
  const machine = machines[kind as keyof typeof machines];
  return machine && describeStates(machine);
}
