import { inWords } from '../inWords.ts';
import { bareScenario } from './define.ts';

const servers = 5;

export const elect = bareScenario('elect', {
  title: `${inWords(servers).replace('f', 'F')} servers elect a leader`,
  watch: 'Watch the rings run down. Whose ends first asks the others.',
  parameters: { servers, clients: 0 },
  untilMs: 1_000,
  opensAtMs: 0,
  panels: ['log-grid', 'log', 'promises'],
  question: 'Nobody leads yet. Who will?',
  answers: [
    { text: 'The one with the lowest number.' },
    {
      text: 'The one whose ring ends first, if most of them vote for it.',
      right: true,
      because:
        'Each waits a time of its own, drawn by chance. The first to lose patience asks for votes; with a majority it leads, and its heartbeats start everyone’s ring anew.',
    },
    { text: 'All of them, in turn.' },
  ],
  expects: [
    { figure: 'leader', atMs: 140, max: 0 },
    { figure: 'termsLed', atMs: 400, min: 1 },
    { figure: 'leadersNow', atMs: 1_000, min: 1, max: 1 },
    { promise: 'electionSafety', is: 'kept' },
  ],
});
