import { describeStates } from '../../../protocols/machineProcess.ts';
import { clientMachine, raftWorkerMachine, serverMachine } from '../../../protocols/raft/index.ts';

const machines = { client: clientMachine, server: serverMachine, worker: raftWorkerMachine };

/** What each state of such a process means, as its machine says it. */
export function stateSentencesOfReplicatedQueue(kind: string): ReadonlyMap<string, string> | undefined {
  const machine = machines[kind as keyof typeof machines];
  return machine && describeStates(machine);
}
