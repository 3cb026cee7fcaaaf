import type { ScenarioEntry } from '../../types.ts';
import type { Preset } from '../define.ts';
import { capital, inWords } from '../inWords.ts';
import { replicatedQueueScenario } from './define.ts';

const jobs = 6;
const everyMs = 100;
const beginsAtMs = 650;
const untilMs = 1_850;

/** Requests 2 and 5 are lost on their way, and the reply to request 3. */
const lostRequests: readonly number[] = [2, 5];
const lostReplies: readonly number[] = [3];
const lost = lostRequests.length + lostReplies.length;

const script = Array.from({ length: jobs }, (_, k): readonly ScenarioEntry[] => {
  const item = k + 1;
  const atMs = beginsAtMs + k * everyMs;
  const entries: ScenarioEntry[] = [];
  if (lostRequests.includes(item)) entries.push({ atMs, do: 'drop', kind: 'request', from: 'client-1' });
  if (lostReplies.includes(item)) entries.push({ atMs, do: 'drop', kind: 'reply', from: 'leader', to: 'client-1' });
  return [...entries, { atMs, do: 'submit', client: 'client-1', item }];
}).flat();

/** What each delivery makes of it: lost requests are lost jobs; a lost reply is a job done twice; or neither. */
const atMost = jobs - lostRequests.length;
const atLeast = jobs + lostReplies.length;

// The patience is no multiple of the interval, so that no repetition leaves with a first request.
const parameters = { workload: 'nothing', clientTimeoutMs: 230, operationsOpenMost: jobs, workers: 2 } as const;

const said = (count: number) => capital(inWords(count));

const shared: Pick<Preset, 'script' | 'untilMs' | 'headline' | 'panels' | 'pauseAtMs'> = {
  script,
  untilMs,
  pauseAtMs: [beginsAtMs + 4 * everyMs - 10],
  headline: 'jobs',
  panels: ['operations', 'state', 'promises'],
};

const question = `${said(jobs)} jobs are sent and ${inWords(lost)} messages are lost: two requests and a reply.`;

export const atMostOnce = replicatedQueueScenario('at-most-once', {
  ...shared,
  title: 'Three losses, at most once',
  watch: 'Watch requests 2 and 5, and the reply to 3. The client never asks again.',
  parameters: { ...parameters, delivery: 'atMostOnce' },
  pair: ['at-least-once', 'exactly-once'],
  question: `${question} The client never asks again. How many jobs are done?`,
  answers: [
    { text: `${said(jobs)}.` },
    {
      text: `${said(atMost)}.`,
      right: true,
      because:
        'The two jobs whose requests were lost are never done. The one whose reply was lost is done, but the client cannot tell it from the other two.',
    },
    { text: `${said(jobs - lost)}.` },
  ],
  expects: [
    { figure: 'effects', atMs: untilMs, min: atMost, max: atMost },
    { figure: 'jobsDoneTwice', atMs: untilMs, max: 0 },
    { figure: 'operationsUnknown', atMs: untilMs, min: lost, max: lost },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
  ],
});

export const atLeastOnce = replicatedQueueScenario('at-least-once', {
  ...shared,
  title: 'Three losses, at least once',
  watch: 'Watch requests 2 and 5, and the reply to 3. The client asks again until it is answered.',
  parameters: { ...parameters, delivery: 'atLeastOnce' },
  pair: ['at-most-once', 'exactly-once'],
  question: `${question} The client asks again until it is answered. How often is work done?`,
  answers: [
    { text: `${said(jobs)} times.` },
    { text: `${said(jobs + lost)} times.` },
    {
      text: `${said(atLeast)} times.`,
      right: true,
      because:
        'Asking again cures a lost request. It doubles a job whose reply was lost, for that one was in the queue already.',
    },
  ],
  expects: [
    { figure: 'effects', atMs: untilMs, min: atLeast, max: atLeast },
    { figure: 'jobsDone', atMs: untilMs, min: jobs, max: jobs },
    { figure: 'operationsUnknown', atMs: untilMs, max: 0 },
    { promise: 'eachJobTakesEffectOnce', is: 'broken', byMs: untilMs },
  ],
});

export const exactlyOnce = replicatedQueueScenario('exactly-once', {
  ...shared,
  title: 'Three losses, exactly once',
  watch: 'Watch the reply to request 3: the client asks again and is answered from memory.',
  parameters: { ...parameters, delivery: 'exactlyOnce' },
  pair: ['at-most-once', 'at-least-once'],
  question: `${question} The client asks again, and the cluster remembers the numbers. How often is work done?`,
  answers: [
    { text: `${said(atMost)} times.` },
    {
      text: `${said(jobs)} times.`,
      right: true,
      because:
        'Asking again cures the lost requests, and the remembered number the lost reply. The price is a state that all servers keep for every client.',
    },
    { text: `${said(atLeast)} times.` },
  ],
  expects: [
    { figure: 'effects', atMs: untilMs, min: jobs, max: jobs },
    { figure: 'jobsDoneTwice', atMs: untilMs, max: 0 },
    { promise: 'eachJobTakesEffectOnce', is: 'kept' },
    { promise: 'exactlyOnceInSession', is: 'kept' },
  ],
});
