import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, contains, overlap } from '../../src/geometry/box.ts';
import { standOn } from '../../src/geometry/curve.ts';
import { placeLostWord } from '../../src/geometry/lostWords.ts';
import { planRaft, raftCastOf, raftSceneOf } from '../../src/geometry/raftStage.ts';
import { widthOfWords } from '../../src/geometry/text.ts';
import { RaftRun } from './support/raftRun.ts';

const SIZE = { width: 800, height: 400 };

function boxOf(at: { x: number; y: number }, aside: { x: number; y: number }, word: string): Box {
  const width = widthOfWords(word, 14, true);
  return { x: at.x + aside.x - width / 2, y: at.y + aside.y - 14 * 0.82, width, height: 14 * 1.08 };
}

describe('the word for a broken message', () => {
  it('stands above it where nothing is in the way', () => {
    expect(placeLostWord({ x: 400, y: 200 }, 'lost', { size: SIZE, unit: 1, taken: [] }, 14)).toEqual({ x: 0, y: -22 });
  });

  it('covers no circle and stays on the stage, wherever beside a lone node it broke', () => {
    fc.assert(
      fc.property(
        fc.record({ x: fc.integer({ min: 80, max: 720 }), y: fc.integer({ min: 60, max: 340 }) }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('lost', 'cut off', 'nobody there', 'dropped'),
        (node, turn, word) => {
          const circle = { x: node.x - 30, y: node.y - 30, width: 60, height: 60 };
          const at = {
            x: node.x + 34 * Math.cos(2 * Math.PI * turn),
            y: node.y + 34 * Math.sin(2 * Math.PI * turn),
          };
          const box = boxOf(at, placeLostWord(at, word, { size: SIZE, unit: 1, taken: [circle] }, 14), word);
          expect(overlap(circle, box)).toBe(false);
          expect(contains({ x: 0, y: 0, ...SIZE }, box)).toBe(true);
        },
      ),
    );
  });

  it('and the mark are kept clear of a crashed server and its words, from wherever a message comes', () => {
    const run = new RaftRun({ servers: 5 }, [[20, { do: 'crash', target: 'server-1' }]]).to(2_000);
    const drops = run.facts('messageDropped').filter(({ data }) => data.reason === 'recipientDown');
    const plan = planRaft(raftCastOf(run.view), { width: 1_000, height: 640 });
    const words = raftSceneOf(plan, run.view, run.micros).nodes.flatMap(({ texts }) => texts.map(({ box }) => box));
    const senders = new Set<string>();
    for (const drop of drops) {
      senders.add(String(drop.data.from));
      const [lost] = raftSceneOf(plan, run.view, drop.atMicros, { drops: [drop] }).movers.filter(
        ({ kind }) => kind === 'lost',
      );
      const { x, y } = standOn(lost!.curve, lost!.stopsAt);
      const taken = [...words, ...plan.layout.servers.places.map(({ centre, radius }) => circleBox(centre, radius))];
      const mark = circleBox({ x, y }, 6);
      const word = boxOf({ x, y }, lost!.reasonAside!, 'nobody there');
      expect(taken.filter((box) => overlap(box, mark) || overlap(box, word))).toEqual([]);
    }
    // Also from below, where its words stand.
    expect(senders).toContain('server-4');
  });
});

function circleBox(at: { x: number; y: number }, radius: number): Box {
  return { x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius };
}
