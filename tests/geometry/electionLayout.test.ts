import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, contains, overlap } from '../../src/geometry/box.ts';
import { electionCastOf, electionSceneOf, planElection } from '../../src/geometry/electionStage.ts';
import type { Scene } from '../../src/geometry/scene.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { ElectionRun } from '../support/electionRun.ts';

function circleBox(at: { readonly x: number; readonly y: number }, radius: number): Box {
  return { x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius };
}

function faultsOf(scene: Scene): string[] {
  const faults: string[] = [];
  const ground: Box = { x: 0, y: 0, ...scene.size };
  const all = scene.nodes.map((node) => [node.address, node.box] as const);
  all.forEach(([name, box], i) => {
    if (!contains(ground, box)) faults.push(`${name} sticks out of the stage`);
    for (const [other, otherBox] of all.slice(i + 1)) {
      if (overlap(box, otherBox)) faults.push(`${name} and ${other} overlap`);
    }
  });
  for (const node of scene.nodes) {
    const { coordinator, lock, texts, cards, box, address } = node;
    for (const text of texts) {
      if (!contains(box, text.box, 2.5 * scene.unit)) faults.push(`${address}: “${text.text}” sticks out`);
      if (text.sizePx < 14) faults.push(`${address}: “${text.text}” is smaller than 14 px`);
      for (const other of texts.filter((one) => one.key > text.key)) {
        if (overlap(text.box, other.box, 1)) faults.push(`${address}: “${text.text}” on “${other.text}”`);
      }
    }
    const places = cards.map((card) => ({
      x: card.x - card.width / 2,
      y: card.y - card.height / 2,
      width: card.width,
      height: card.height,
    }));
    places.forEach((place, i) => {
      if (!contains(box, place)) faults.push(`${address}: the card of ${cards[i]!.itemId} sticks out`);
      for (const other of places.slice(i + 1)) if (overlap(place, other)) faults.push(`${address}: cards overlap`);
      for (const text of texts) {
        if (overlap(place, text.box, 1.5)) faults.push(`${address}: “${text.text}” on a card`);
      }
    });
    if (coordinator !== undefined) {
      const { centre, judgeRadius, ownRadius, radius, tokenPx } = coordinator;
      const ring = circleBox(centre, judgeRadius);
      if (!contains(box, ring)) faults.push(`${address}: its ring sticks out`);
      if (tokenPx < 14) faults.push(`${address}: its token is smaller than 14 px`);
      if (judgeRadius - ownRadius < 3 || ownRadius - radius < 3) faults.push(`${address}: its rings touch`);
      for (const text of texts) if (overlap(ring, text.box)) faults.push(`${address}: “${text.text}” on the ring`);
    }
    if (lock !== undefined) {
      const key = circleBox(lock.centre, lock.radius);
      if (!contains(box, key)) faults.push('the key sticks out');
      for (const text of texts) if (overlap(key, text.box)) faults.push(`“${text.text}” on the key`);
      lock.line.forEach((place, i) => {
        if (!contains(box, place.box)) faults.push(`node ${place.number} sticks out`);
        if (overlap(place.box, key)) faults.push(`node ${place.number} on the key`);
        for (const other of lock.line.slice(i + 1)) if (overlap(place.box, other.box)) faults.push('nodes overlap');
        for (const text of texts) if (overlap(place.box, text.box)) faults.push(`“${text.text}” on a node`);
      });
    }
  }
  return faults;
}

const deeds: readonly ScenarioEntry[] = [
  { atMs: 2_500, do: 'pause', target: 'leader' },
  { atMs: 6_000, do: 'skew', target: 'coordinator-1', offsetMs: 400 },
  { atMs: 9_000, do: 'resume', target: 'coordinator-1' },
  { atMs: 9_500, do: 'crash', target: 'leader' },
];

describe('the layout of an election', () => {
  it('lets nothing overlap, stick out or become too small, at any size, with any cast, at any moment', () => {
    fc.assert(
      fc.property(
        fc.record({
          size: fc.oneof(
            fc.constantFrom(
              { width: 390, height: 302 },
              { width: 390, height: 328 },
              { width: 1026, height: 170 },
              { width: 700, height: 180 },
              { width: 860, height: 330 },
              { width: 940, height: 290 },
              { width: 1580, height: 800 },
            ),
            fc.record({ width: fc.integer({ min: 320, max: 1920 }), height: fc.integer({ min: 160, max: 1000 }) }),
          ),
          strategy: fc.constantFrom('lease', 'session', 'lockDelay', 'bully', 'heartbeat'),
          coordinators: fc.integer({ min: 1, max: 9 }),
          workers: fc.integer({ min: 1, max: 9 }),
          producers: fc.integer({ min: 1, max: 3 }),
          atMs: fc.integer({ min: 0, max: 14_000 }),
          unit: fc.constantFrom(1, 1.5),
          seed: fc.integer({ min: 1, max: 1_000 }),
        }),
        ({ size, atMs, unit, seed, ...parameters }) => {
          const run = new ElectionRun({ ...parameters, storageChecksTokens: seed % 2 === 0 }, deeds, seed);
          const { view, nowMicros } = run.runUntil(atMs).simulation;
          const plan = planElection(electionCastOf(view), size, unit);
          expect(faultsOf(electionSceneOf(plan, view, nowMicros))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('draws nothing smaller on the stage of a phone or a low laptop, with any cast', () => {
    for (const size of [
      { width: 390, height: 302 },
      { width: 1026, height: 170 },
    ]) {
      for (const strategy of ['lease', 'session', 'bully']) {
        for (let coordinators = 1; coordinators <= 9; coordinators++) {
          const { view, nowMicros } = new ElectionRun({ strategy, coordinators }, deeds).runUntil(4_000).simulation;
          const scene = electionSceneOf(planElection(electionCastOf(view), size), view, nowMicros);
          expect(scene.size, `${strategy}, ${coordinators} on ${size.width} px`).toEqual(size);
          expect(faultsOf(scene)).toEqual([]);
        }
      }
    }
  });

  it('stands still whatever they do', () => {
    const boxes = (atMs: number) => {
      const { view, nowMicros } = new ElectionRun({}, deeds).runUntil(atMs).simulation;
      const plan = planElection(electionCastOf(view), { width: 900, height: 480 });
      return electionSceneOf(plan, view, nowMicros).nodes.map(({ address, box, body }) => ({ address, box, body }));
    };
    expect(boxes(14_000)).toEqual(boxes(0));
  });
});
