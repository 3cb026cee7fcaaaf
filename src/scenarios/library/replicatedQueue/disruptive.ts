import type { Preset } from '../define.ts';
import { replicatedQueueScenario } from './define.ts';

const awayAtMs = 300;
const backAtMs = 1_150;

const shared: Pick<Preset, 'script' | 'opensAtMs' | 'untilMs' | 'pauseAtMs' | 'headline' | 'panels'> = {
  script: [
    { atMs: awayAtMs, do: 'partition', sides: [['server-5'], ['rest']] },
    { atMs: backAtMs, do: 'heal' },
  ],
  opensAtMs: 1_000,
  untilMs: 2_000,
  pauseAtMs: [backAtMs - 10],
  headline: 'terms',
  panels: ['log', 'log-grid', 'promises'],
};

const parameters = { leaderStickiness: false } as const;

export const disruptive = replicatedQueueScenario('disruptive', {
  ...shared,
  title: 'One server comes back and disturbs all',
  watch: 'Watch the term of server 5 climb while it is alone, and the leader when it comes back.',
  parameters: { ...parameters, preVote: false },
  pair: ['disruptive-with-pre-vote'],
  question: 'Server 5 was cut off for a while and comes back. Whom does it disturb?',
  answers: [
    { text: 'Nobody.' },
    { text: 'Only itself.' },
    {
      text: 'Everyone: its term is higher than theirs.',
      right: true,
      because:
        'Alone, it began one election after another. A higher term makes any leader bow out, also a healthy one, and the cluster has to elect again.',
    },
  ],
  expects: [
    { figure: 'stepDowns', atMs: backAtMs - 10, max: 0 },
    { figure: 'stepDowns', atMs: backAtMs + 250, min: 1 },
    { figure: 'leader', atMs: 2_000, min: 1 },
    { promise: 'leaderUndisturbed', is: 'broken' },
    { promise: 'committedNeverRewritten', is: 'kept' },
  ],
});

export const disruptiveWithPreVote = replicatedQueueScenario('disruptive-with-pre-vote', {
  ...shared,
  title: 'Ask before you ask for votes (pre-vote)',
  watch: 'Watch the term of server 5 while it is alone: it stays. And nothing happens when it comes back.',
  parameters: { ...parameters, preVote: true },
  pair: ['disruptive'],
  question: 'Now a server first asks whether it could win. Whom does server 5 disturb?',
  answers: [
    {
      text: 'Nobody.',
      right: true,
      because:
        'Nobody answered its question, so it began no term. When it hears the leader again it follows, as if it had never been away.',
    },
    { text: 'Only itself.' },
    { text: 'Everyone, as before.' },
  ],
  expects: [
    { figure: 'stepDowns', atMs: 2_000, max: 0 },
    { figure: 'termsStarted', atMs: 2_000, max: 1 },
    { figure: 'logsDiffering', atMs: backAtMs - 10, min: 1 },
    { promise: 'leaderUndisturbed', is: 'kept' },
  ],
});
