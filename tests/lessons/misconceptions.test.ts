import { describe, expect, it } from 'vitest';
import { allText } from './support/allText.ts';

/** What our text must never teach. A phrase may stand as a question's misconception, where it is named as wrong. */
const NEVER: readonly (readonly [string, RegExp])[] = [
  [
    'the receive limit counts receives, not failures',
    /\b(after|of|than) (\w+ )?(n|three|five|ten|\d+|that many|so many) failures\b/i,
  ],
  [
    'the receive limit counts receives, not failures',
    /failed (too|more) (often|many times).{0,60}dead|dead.{0,40}(after|once) .{0,20}failed/i,
  ],
  ['renewing replaces, it does not add', /\b(extend|renew)\w*\b[^.]{0,40}\badds?\b(?! nothing)/i],
  [
    'a message goes nowhere in particular, or to the front',
    /\b(goes|go|put|returns?) (back )?(to|at) the (back|end|tail) of/i,
  ],
  ['exactly-once has a scope', /exactly[- ]once delivery(?!”)/i],
  [
    'deduplication does not make a consumer idempotent',
    /deduplicat\w*[^.]{0,40}\b(makes?|made)\b[^.]{0,30}idempotent/i,
  ],
  [
    'half-open lets some calls through, how many depends',
    /half[- ]open[^.]{0,40}\bone (call|probe|request)\b(?![^.]*resilience4j)/i,
  ],
  ['a lease is not mutual exclusion', /\blease (is|means|gives|guarantees)[^.]{0,30}(mutual exclusion|only one)/i],
  ['jitter is not a few percent', /jitter[^.]{0,40}(±|plus or minus|a few percent|\d+\s?%)/i],
  ['least connections can be wrong', /least connections (always|is best|never)/i],
  ['more workers can be worse', /more workers (are|is|can) (always|never)/i],
  ['fast failures recover', /fast failures are (just )?as (bad|dangerous)/i],
  [
    'a time-out does not prevent duplicates',
    /(visibility timeout|hiding time|lock)[^.]{0,40}(guarantees|makes sure|ensures)[^.]{0,30}once/i,
  ],
];

describe('the text', async () => {
  const texts = await allText();

  it.each(NEVER)('never denies that %s', (_, phrase) => {
    const found = texts
      .filter(({ text }) => phrase.test(text))
      .map(({ where, text }) => `${where}: ${text.match(phrase)?.[0]}`);
    expect(found).toEqual([]);
  });

  it('is caught by these phrases where it would be wrong', () => {
    const wrong = [
      'A job moves to the tray after 3 failures.',
      'Extending the timeout adds ten seconds.',
      'When its time is over it goes to the back of the queue.',
      'SQS FIFO gives exactly-once delivery.',
      'Deduplication at the queue makes the consumer idempotent.',
      'When it is half-open the breaker lets one call through.',
      'A lease is mutual exclusion.',
      'Jitter means ±20 % around the delay.',
      'Least connections always helps.',
      'More workers are never worse.',
    ];
    for (const sentence of wrong)
      expect(
        NEVER.some(([, phrase]) => phrase.test(sentence)),
        sentence,
      ).toBe(true);
  });

  it('has no sentence that is too long to be read aloud', () => {
    for (const { where, text } of texts) {
      for (const sentence of text.split(/(?<=[.!?:;])\s|\n/)) {
        expect(sentence.split(/\s+/).length, `${where}: ${sentence}`).toBeLessThanOrEqual(45);
      }
    }
  });
});
