import { bareScenario } from './define.ts';

const faultIntervalMs = 150;
const faultsUntilMs = 8_000;

/** Everything at once, for sweeps over many seeds. After the faults there is time for the cluster to come to rest. */
export const chaosRaft = bareScenario('chaos-raft', {
  title: 'Everything at once',
  watch: 'Watch the lamps while servers crash, pause, run on wrong clocks, part, and come and go.',
  untilMs: 11_000,
  opensAtMs: 0,
  speed: 0.25,
  parameters: {
    faultIntervalMs,
    faultsUntilMs,
    spareServers: 2,
    clients: 3,
    workers: 2,
    workload: 'readsAndWrites',
    messageLossProbability: 0.03,
    messageDuplicationProbability: 0.05,
    linkJitterMs: 30,
    diskSyncMs: 5,
    snapshotEveryEntries: 25,
    maxEntriesPerAppend: 5,
    maxInFlightAppends: 3,
  },
  panels: ['promises', 'log', 'log-grid'],
  question: `Something breaks about every ${faultIntervalMs} ms. Which promise breaks first?`,
  answers: [
    { text: 'One leader in a term.' },
    { text: 'What is committed stays.' },
    {
      text: 'None.',
      right: true,
      because: 'Faults cost time, never truth. Break a rule in the controls, and try another seed: then one breaks.',
    },
  ],
  expects: [
    { promise: 'electionSafety', is: 'kept' },
    { promise: 'committedNeverRewritten', is: 'kept' },
    { promise: 'stateMachineSafety', is: 'kept' },
  ],
});
