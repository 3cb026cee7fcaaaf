import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, contains, overlap } from '../../src/geometry/box.ts';
import type { Scene } from '../../src/geometry/scene.ts';
import { workQueueStage } from '../../src/geometry/workQueueStage.ts';
import { workQueueRun } from './support/workQueueRun.ts';

/** All that must keep clear of one another: nodes with their words, and the headings of crowds. */
function rooms(scene: Scene): readonly (readonly [string, Box])[] {
  return [
    ...scene.nodes.map((node) => [node.address, node.box] as const),
    ...scene.headings.map((text) => [`heading ${text.text}`, text.box] as const),
  ];
}

function faultsOf(scene: Scene): string[] {
  const faults: string[] = [];
  const ground: Box = { x: 0, y: 0, ...scene.size };
  const all = rooms(scene);
  all.forEach(([name, box], i) => {
    if (!contains(ground, box)) faults.push(`${name} sticks out of the stage`);
    for (const [other, otherBox] of all.slice(i + 1)) {
      if (overlap(box, otherBox)) faults.push(`${name} and ${other} overlap`);
    }
  });
  for (const node of scene.nodes) {
    for (const text of node.texts) {
      if (!contains(node.box, text.box, 2.5 * scene.unit)) faults.push(`${node.address}: “${text.text}” sticks out`);
      if (text.sizePx < 14) faults.push(`${node.address}: “${text.text}” is smaller than 14 px`);
      const others = node.texts.filter((other) => other.key > text.key);
      for (const other of others) {
        if (overlap(text.box, other.box, 1)) faults.push(`${node.address}: “${text.text}” on “${other.text}”`);
      }
    }
    for (const card of node.cards) {
      const box = { x: card.x - card.width / 2, y: card.y - card.height / 2, width: card.width, height: card.height };
      if (!contains(node.box, box)) faults.push(`${node.address}: the card of ${card.itemId} sticks out`);
      for (const text of node.texts) {
        if (overlap(text.box, box, 2 * scene.unit))
          faults.push(`${node.address}: card ${card.itemId} on “${text.text}”`);
      }
      const twin = node.cards.find((other) => other !== card && other.x === card.x && other.y === card.y);
      if (twin !== undefined) faults.push(`${node.address}: ${card.itemId} stands on ${twin.itemId}`);
    }
  }
  return faults;
}

describe('the layout of the work queue', () => {
  it('lets nothing overlap, stick out or become too small, at any size and with any cast', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 320, max: 1920 }),
          height: fc.integer({ min: 262, max: 900 }),
          producers: fc.integer({ min: 1, max: 8 }),
          workers: fc.oneof(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 100 })),
          dependencyConcurrency: fc.constantFrom(0, 4, 30, 1000),
          atMs: fc.integer({ min: 0, max: 8_000 }),
          unit: fc.constantFrom(1, 1.5),
        }),
        ({ width, height, producers, workers, dependencyConcurrency, atMs, unit }) => {
          const run = workQueueRun({
            parameters: {
              producers,
              workers,
              dependencyConcurrency,
              arrivalRatePerSecond: 12,
              failureProbability: 0.5,
              retryStrategy: 'exponential',
              maxReceiveCount: 2,
            },
            atMs,
          });
          expect(faultsOf(workQueueStage(run.view, run.micros, { width, height }, { unit }))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ['the smallest phone', 320, 300],
    ['a phone', 390, 380],
    ['a laptop with both columns open', 650, 420],
    ['a projector', 1920, 900],
  ])('names every one of three workers and says its state on %s', (_, width, height) => {
    const { view, micros } = workQueueRun({ parameters: { workers: 3 }, atMs: 5_000 });
    const scene = workQueueStage(view, micros, { width, height });
    const said = scene.nodes
      .filter((node) => node.kind === 'worker')
      .map((node) => node.texts.map((text) => text.key).sort());
    const cut = scene.nodes.flatMap((node) => node.texts).filter((text) => text.text.includes('…'));
    expect(cut.map((text) => text.text)).toEqual([]);
    if (width === 320) expect(said.every((keys) => keys.includes('name'))).toBe(true);
    else expect(said).toEqual([1, 2, 3].map(() => ['name', 'state']));
  });

  it('does not depend on what they do, so nothing jumps', () => {
    const size = { width: 900, height: 500 };
    const boxesAt = (atMs: number) => {
      const { view, micros } = workQueueRun({ parameters: { arrivalRatePerSecond: 8 }, atMs });
      return workQueueStage(view, micros, size).nodes.map((node) => [node.address, node.box, node.body]);
    };
    expect(boxesAt(15_000)).toEqual(boxesAt(0));
  });

  it('flows downwards where it is narrow and to the right where it is wide', () => {
    const { view, micros } = workQueueRun({});
    const centre = (scene: Scene, address: string) => scene.nodes.find((node) => node.address === address)!.box;
    const narrow = workQueueStage(view, micros, { width: 390, height: 420 });
    expect(centre(narrow, 'producer-1').y).toBeLessThan(centre(narrow, 'broker').y);
    expect(centre(narrow, 'broker').y).toBeLessThan(centre(narrow, 'worker-1').y);
    expect(centre(narrow, 'worker-1').y).toBeLessThan(centre(narrow, 'result-store').y);
    const wide = workQueueStage(view, micros, { width: 1200, height: 600 });
    expect(centre(wide, 'producer-1').x).toBeLessThan(centre(wide, 'broker').x);
    expect(centre(wide, 'broker').x).toBeLessThan(centre(wide, 'worker-1').x);
    expect(centre(wide, 'worker-1').x).toBeLessThan(centre(wide, 'result-store').x);
  });
});
