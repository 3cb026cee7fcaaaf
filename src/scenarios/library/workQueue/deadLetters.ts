import { workQueueScenario } from '../define.ts';
import { capital, inWords } from '../inWords.ts';

const poisonItems = [1, 3];
const itemCount = 14;
const letters = inWords(poisonItems.length);

export const deadLetters = workQueueScenario('dead-letters', {
  title: 'Dead letters, and what redrive does',
  watch: `Watch the tray: ${letters} letters, a redrive too early, a fix, a redrive that helps.`,
  parameters: { itemCount, processingMs: 1_000, failAfterMs: 300, maxReceiveCount: 3, poisonItems },
  script: [
    { atMs: 9_000, do: 'redrive' },
    { atMs: 17_000, do: 'set', parameter: 'poisonMended', value: true },
    { atMs: 18_000, do: 'redrive' },
  ],
  pauseAtMs: [8_500, 16_500],
  headline: 'letters',
  panels: ['dead-letters', 'queue'],
  question: `${capital(letters)} letters lie in the tray. What happens if you redrive them now?`,
  answers: [
    { text: 'They succeed this time.' },
    {
      text: 'They come back: nothing was mended.',
      right: true,
      because:
        'Redrive only puts them into the queue again, as new messages. The code that could not handle them is the same.',
    },
    { text: 'They are lost.' },
  ],
  expects: [
    { figure: 'deadLetters', atMs: 8_500, min: poisonItems.length, max: poisonItems.length },
    { figure: 'deadLetters', atMs: 16_500, min: poisonItems.length, max: poisonItems.length },
    { figure: 'deadLetters', atMs: 24_000, max: 0 },
    { figure: 'completions', atMs: 24_000, min: itemCount, max: itemCount },
    { promise: 'noJobLost', is: 'kept' },
  ],
});
