import { secondsOf } from '../inWords.ts';
import { replicatedQueueScenario } from './define.ts';

const moveAtMs = 5_500;

export const threeContinents = replicatedQueueScenario('three-continents', {
  title: 'Five servers on three continents',
  watch: `Watch how long a write takes before and after ${secondsOf(moveAtMs)}, when the leader moves to Asia.`,
  parameters: {
    geography: 'threeContinents',
    heartbeatIntervalMs: 200,
    electionTimeoutMinMs: 1_000,
    electionTimeoutMaxMs: 2_000,
    operationIntervalMs: 500,
    clientTimeoutMs: 2_000,
  },
  script: [{ atMs: moveAtMs, do: 'transfer', target: 'server-5' }],
  speed: 0.25,
  opensAtMs: 3_000,
  untilMs: 8_000,
  pauseAtMs: [moveAtMs - 100],
  headline: 'latency',
  panels: ['charts', 'operations', 'log-grid'],
  question: 'The leader moves from Europe to Asia. How long does the client in Europe wait now?',
  answers: [
    { text: 'As long as before.' },
    { text: 'Twice as long.' },
    {
      text: 'Three to four times as long.',
      right: true,
      because:
        'Its request goes to Asia, from there to a majority and back, and the answer comes home. Both ways are long now: the client’s to the leader, and the leader’s to its majority.',
    },
  ],
  expects: [
    { figure: 'commitLatencyLastMs', atMs: moveAtMs - 100, min: 80, max: 105 },
    { figure: 'leader', atMs: 6_500, min: 5, max: 5 },
    { figure: 'commitLatencyLastMs', atMs: 8_000, min: 160, max: 190 },
    { promise: 'linearizable', is: 'kept' },
  ],
});
