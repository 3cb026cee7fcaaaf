import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, overlap } from '../../src/geometry/box.ts';
import { standOf } from '../../src/geometry/motion.ts';
import type { Mover, Scene } from '../../src/geometry/scene.ts';
import { castOf, messagesOn, planStage, sceneOf, workQueueStage } from '../../src/geometry/workQueueStage.ts';
import type { Loss } from '../../src/protocols/workQueue/index.ts';
import { type WorkQueueRun, workQueueRun } from './support/workQueueRun.ts';

/** What moves may touch what it passes by so far, in units. */
const TOUCH = 2;
/** Half of a message without an image, in units. */
const SHAPE = { width: 13, height: 11 };

const SIZES = [
  { width: 320, height: 400, unit: 1 },
  { width: 390, height: 400, unit: 1 },
  { width: 800, height: 500, unit: 1 },
  { width: 1600, height: 800, unit: 1.5 },
] as const;

function boxOf({ card }: Mover, { x, y }: { x: number; y: number }, unit: number): Box {
  const { width, height } = card ?? { width: SHAPE.width * unit, height: SHAPE.height * unit };
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function lossOf(by: string, itemId: number, atMicros: number): Loss {
  return { itemId, atMicros, by, entryId: itemId, because: 'a test says so' };
}

/** Between whom a mover goes. */
function endsIn(run: WorkQueueRun, losses: readonly Loss[]): (mover: Mover) => readonly string[] {
  const ends = new Map<string, readonly string[]>([
    ...run.view.inFlight().map(({ id, copy, from, to }) => [`m${id}.${copy}`, [from, to]] as const),
    ...run.entries.map(({ id, address, data }) => [`x${id}`, [String(data.from), address]] as const),
    ...losses.map(({ entryId, itemId, by }) => [`f${entryId}.${itemId}`, [by]] as const),
  ]);
  return (mover) => (mover.kind === 'bounce' ? ['result-store'] : (ends.get(mover.key) ?? []));
}

/** Who lies under what moves that should not. */
function overlapsOf(scene: Scene, endsOf: (mover: Mover) => readonly string[]): string[] {
  const { unit } = scene;
  return scene.movers.flatMap((mover) =>
    [0, 0.25, 0.5, 0.75, 1].flatMap((share) => {
      const micros = mover.startMicros + (mover.endMicros - mover.startMicros) * mover.stopsAt * share;
      const stand = standOf(mover, micros);
      if (stand === undefined) return [];
      const there = boxOf(mover, stand, unit);
      const isBeneath = scene.passesBeneath === true && mover.kind !== 'lost';
      return scene.nodes.flatMap((node) => {
        const isOwn = endsOf(mover).includes(node.address);
        // It is drawn beneath its own ends, and a card falls out of the hands of the worker that loses it.
        if (isOwn && (isBeneath || (mover.key.startsWith('f') && share < 1))) return [];
        // Producers that are mere numbers are narrower than a card, and cover it where it comes out between them.
        if (isBeneath && node.variant === 'numbered') return [];
        if (!overlap(there, node.body, TOUCH * unit)) return [];
        return [`${mover.kind} ${mover.key} at ${share} lies on ${node.address} (${endsOf(mover).join('>')})`];
      });
    }),
  );
}

describe('what moves on the stage of the work queue', () => {
  it.each(SIZES)('lies on nobody whom it passes by, at $width × $height', ({ width, height, unit }) => {
    fc.assert(
      fc.property(
        fc.record({
          producers: fc.integer({ min: 1, max: 3 }),
          workers: fc.integer({ min: 1, max: 3 }),
          dependencyConcurrency: fc.constantFrom(0, 4),
          linkMs: fc.constantFrom(50, 400),
          messageLossProbability: fc.constantFrom(0, 0.3),
          atMs: fc.integer({ min: 500, max: 12_000 }),
          crash: fc.constantFrom('worker-1', 'broker', 'nobody'),
        }),
        ({ atMs, crash, ...parameters }) => {
          const run = workQueueRun({
            parameters: {
              ...parameters,
              arrivalRatePerSecond: 4,
              failureProbability: 0.4,
              retryStrategy: 'exponential',
              maxReceiveCount: 2,
            },
            script: crash === 'nobody' ? [] : [[Math.max(1, atMs - 200), { do: 'crash', target: crash }]],
            atMs,
          });
          const drops = run.entries.filter((entry) => entry.kind === 'messageDropped');
          const losses = castOf(run.view).workers.map((by, i) => lossOf(by, i + 1, run.micros));
          const scene = workQueueStage(run.view, run.micros, { width, height }, { unit, drops, losses });
          expect(scene.passesBeneath).toBe(true);
          expect(overlapsOf(scene, endsIn(run, losses))).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('the messages alone', () => {
  const run = workQueueRun({ parameters: { workers: 3, linkMs: 400, arrivalRatePerSecond: 6 }, atMs: 4_000 });
  const plan = planStage(castOf(run.view), { width: 1000, height: 500 });

  it.each([undefined, 1, 20])('are those of the whole scene, at the speed %s', (speed) => {
    const options = { speed, selection: { kind: 'item', id: 20 } as const };
    const ofScene = sceneOf(plan, run.view, run.micros, options).movers.filter((mover) => mover.kind === 'message');
    expect(messagesOn(plan, run.view, options)).toEqual(ofScene);
    if (speed === undefined) expect(ofScene.length).toBeGreaterThan(5);
    if (speed === 20) expect(ofScene).toEqual([]);
  });

  it('are one for each that is on its way now, in the order of the run', () => {
    const later = workQueueRun({ parameters: { workers: 3, linkMs: 400, arrivalRatePerSecond: 6 }, atMs: 4_000 });
    const keysNow = () => messagesOn(plan, later.view).map((mover) => mover.key);
    const flightsNow = () => later.view.inFlight().map(({ id, copy }) => `m${id}.${copy}`);
    const before = keysNow();
    expect(before).toEqual(flightsNow());
    later.to(4_500);
    expect(keysNow()).toEqual(flightsNow());
    expect(keysNow()).not.toEqual(before);
  });

  it('stay the same object while nothing about them changes, so that their faces are found again', () => {
    const [first] = messagesOn(plan, run.view);
    expect(messagesOn(plan, run.view)[0]).toBe(first);
    const followed = messagesOn(plan, run.view, { selection: { kind: 'item', id: first!.itemId ?? 0 } })[0]!;
    expect(followed.isSelected).toBe(first!.itemId !== undefined);
  });
});
