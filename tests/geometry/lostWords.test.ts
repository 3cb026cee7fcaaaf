import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, contains, overlap } from '../../src/geometry/box.ts';
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

  it('is kept clear of a crashed leader that its followers still answer', () => {
    const run = new RaftRun({ servers: 5 }, [[400, { do: 'crash', target: 'leader' }]]).to(402);
    const drops = run.facts('messageDropped').filter((entry) => entry.data.reason === 'recipientDown');
    for (let tries = 0; tries < 200 && drops.length === 0; tries++) {
      run.step();
      drops.push(...run.facts('messageDropped').filter((entry) => entry.data.reason === 'recipientDown'));
    }
    const plan = planRaft(raftCastOf(run.view), { width: 900, height: 480 });
    const scene = raftSceneOf(plan, run.view, run.micros, { drops });
    const told = scene.movers.filter((mover) => mover.reason === 'nobody there');
    expect(told.length).toBeGreaterThan(0);
    for (const { curve, stopsAt, reasonAside } of told) {
      const [from, to] = [curve.points[0]!, curve.points.at(-1)!];
      const at = { x: from.x + (to.x - from.x) * stopsAt, y: from.y + (to.y - from.y) * stopsAt };
      const box = boxOf(at, reasonAside!, 'nobody there');
      for (const { server } of scene.nodes) {
        if (server === undefined) continue;
        const { centre, radius } = server;
        const circle = { x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius };
        expect(overlap(circle, box)).toBe(false);
      }
    }
  });
});
