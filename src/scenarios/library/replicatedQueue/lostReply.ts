import type { Preset } from '../define.ts';
import { replicatedQueueScenario } from './define.ts';

const patienceMs = 200;
const job = 2;

const parameters = { workload: 'nothing', clientTimeoutMs: patienceMs, workers: 1 } as const;

const shared: Pick<Preset, 'script' | 'pauseAtMs' | 'headline' | 'panels' | 'untilMs'> = {
  script: [
    { atMs: 300, do: 'submit', client: 'client-1', item: 1 },
    { atMs: 650, do: 'drop', kind: 'reply', from: 'leader', to: 'client-1' },
    { atMs: 650, do: 'submit', client: 'client-1', item: job },
  ],
  untilMs: 1_600,
  pauseAtMs: [650 + patienceMs - 10],
  headline: 'jobs',
  panels: ['state', 'operations', 'promises'],
};

export const lostReply = replicatedQueueScenario('lost-reply', {
  ...shared,
  title: 'A lost reply: the job is done twice',
  watch: `Watch job ${job}: it is in the queue, the reply breaks on its way, and the client asks again.`,
  parameters: { ...parameters, delivery: 'atLeastOnce' },
  pair: ['lost-reply-with-sessions'],
  question: 'The client heard nothing. What should it do?',
  answers: [
    { text: 'Give up.' },
    { text: 'Ask again: that does no harm.' },
    {
      text: 'Ask again under the same number, and the queue must remember the number.',
      right: true,
      because:
        'The job was in the queue already; only the reply was lost. Here the queue knows no numbers, so the second request makes a second card, and the work is done twice.',
    },
  ],
  expects: [
    { figure: 'cards', atMs: 1_100, min: 3, max: 3 },
    { figure: 'jobsDoneTwice', atMs: 1_600, min: 1, max: 1 },
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: 1_600 },
    { promise: 'noAcknowledgedJobLost', is: 'kept' },
  ],
});

export const lostReplyWithSessions = replicatedQueueScenario('lost-reply-with-sessions', {
  ...shared,
  title: 'A lost reply, with sessions',
  watch: `Watch job ${job}: the client asks again, and gets the old answer. There is one card.`,
  parameters: { ...parameters, delivery: 'exactlyOnce' },
  pair: ['lost-reply'],
  question: 'The same reply is lost, but requests carry a number that the cluster remembers. How many cards?',
  answers: [
    { text: 'Two: the request came twice.' },
    {
      text: 'One: the second request gets the first one’s answer.',
      right: true,
      because:
        'Number and answer are part of the replicated state, so any leader knows them. The request does arrive twice; it takes effect once.',
    },
    { text: 'None: the queue refuses the second request.' },
  ],
  expects: [
    { figure: 'operationsRetried', atMs: 1_600, min: 1 },
    { figure: 'cards', atMs: 1_600, min: 2, max: 2 },
    { figure: 'jobsDone', atMs: 1_600, min: 2, max: 2 },
    { figure: 'jobsDoneTwice', atMs: 1_600, max: 0 },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
    { promise: 'exactlyOnceInSession', is: 'kept' },
  ],
});
