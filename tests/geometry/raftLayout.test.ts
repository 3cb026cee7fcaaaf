import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, contains, overlap } from '../../src/geometry/box.ts';
import { planRaft, raftCastOf, raftSceneOf } from '../../src/geometry/raftStage.ts';
import type { Scene } from '../../src/geometry/scene.ts';
import type { Command } from '../../src/kernel/types.ts';
import { replicatedQueueLibrary } from '../../src/scenarios/library/replicatedQueue/index.ts';
import { RaftRun } from './support/raftRun.ts';

function circleBox(at: { readonly x: number; readonly y: number }, radius: number): Box {
  return { x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius };
}

/** `leastPx`: no words may be smaller. */
function faultsOf(scene: Scene, leastPx: number): string[] {
  const faults: string[] = [];
  const ground: Box = { x: 0, y: 0, ...scene.size };
  const all = [
    ...scene.nodes.map((node) => [node.address, node.box] as const),
    ...scene.headings.map((text) => [`heading ${text.text}`, text.box] as const),
  ];
  all.forEach(([name, box], i) => {
    if (!contains(ground, box)) faults.push(`${name} sticks out of the stage`);
    for (const [other, otherBox] of all.slice(i + 1)) {
      if (overlap(box, otherBox)) faults.push(`${name} and ${other} overlap`);
    }
  });
  for (const node of scene.nodes) {
    const { server, texts, cards, box, address } = node;
    for (const text of texts) {
      if (!contains(box, text.box, 2.5 * scene.unit)) faults.push(`${address}: “${text.text}” sticks out`);
      if (text.sizePx < leastPx) faults.push(`${address}: “${text.text}” is smaller than ${leastPx} px`);
      for (const other of texts.filter((one) => one.key > text.key)) {
        if (overlap(text.box, other.box, 1)) faults.push(`${address}: “${text.text}” on “${other.text}”`);
      }
    }
    for (const card of cards) {
      const place = { x: card.x - card.width / 2, y: card.y - card.height / 2, width: card.width, height: card.height };
      if (!contains(box, place)) faults.push(`${address}: the card of ${card.itemId} sticks out`);
    }
    if (server === undefined) continue;
    const ring = circleBox(server.centre, server.ringRadius);
    if (!contains(box, ring)) faults.push(`${address}: its ring sticks out`);
    if (server.termPx < leastPx) faults.push(`${address}: its term is smaller than ${leastPx} px`);
    for (const text of texts) if (overlap(ring, text.box)) faults.push(`${address}: “${text.text}” on the ring`);
    server.votes.forEach((vote, i) => {
      const dot = circleBox(vote.at, server.votePx / 2);
      if (!contains(box, dot, 0.5)) faults.push(`${address}: a vote sticks out`);
      const next = server.votes[i + 1];
      if (next === undefined) return;
      const apart = Math.hypot(vote.at.x - next.at.x, vote.at.y - next.at.y);
      if (apart < server.votePx * 0.9) faults.push(`${address}: votes on one another`);
    });
  }
  return faults;
}

const deeds: readonly (readonly [number, Command])[] = [
  [400, { do: 'crash', target: 'leader' }],
  [420, { do: 'pause', target: 'any-follower' }],
  [500, { do: 'partition', sides: [['server-1', 'client-1'], ['rest']] }],
  [900, { do: 'skew', target: 'any-server', offsetMs: 300 }],
];

describe('the layout of a cluster', () => {
  it('lets nothing overlap, stick out or become too small, at any size, with any cast, at any moment', () => {
    fc.assert(
      fc.property(
        fc.record({
          size: fc.oneof(
            fc.constantFrom(
              { width: 390, height: 330 },
              { width: 940, height: 290 },
              { width: 920, height: 420 },
              { width: 1580, height: 800 },
            ),
            fc.record({ width: fc.integer({ min: 320, max: 1920 }), height: fc.integer({ min: 190, max: 1000 }) }),
          ),
          servers: fc.integer({ min: 1, max: 12 }),
          spareServers: fc.integer({ min: 0, max: 3 }),
          clients: fc.integer({ min: 0, max: 9 }),
          workers: fc.integer({ min: 0, max: 9 }),
          atMs: fc.integer({ min: 0, max: 1_500 }),
          unit: fc.constantFrom(1, 1.5),
          seed: fc.integer({ min: 1, max: 1_000 }),
        }),
        ({ size, servers, spareServers, clients, workers, atMs, unit, seed }) => {
          const run = new RaftRun(
            { servers, spareServers, clients, workers, workload: 'jobs', preVote: seed % 2 === 0 },
            clients > 0 ? deeds : deeds.filter(([, command]) => command.do !== 'partition'),
            { seed },
          ).to(atMs);
          const plan = planRaft(raftCastOf(run.view), size, unit);
          expect(plan.layout.size).toEqual(size);
          // A narrow stage of little height has no room for nine of everything.
          const isCramped = size.width < 760 && size.height < 290;
          expect(faultsOf(raftSceneOf(plan, run.view, run.micros), isCramped ? 9 : 12)).toEqual([]);
        },
      ),
      { numRuns: 80 },
    );
  });

  /** What the room leaves for the picture: phones, laptops with panels and without, a projector; in CSS pixels. */
  const ROOMS = [
    { width: 320, height: 217, unit: 1 },
    { width: 390, height: 302, unit: 1 },
    { width: 940, height: 114, unit: 1 },
    { width: 1026, height: 130, unit: 1 },
    { width: 1026, height: 190, unit: 1 },
    { width: 1366, height: 130, unit: 1.5 },
    { width: 1920, height: 525, unit: 1.5 },
  ] as const;
  const presets = replicatedQueueLibrary.map((scenario) => [scenario.preset!, scenario] as const);
  it.each(presets)('sets no words below 14 px for %s, in any room; below 12 on the smallest phone', (_, scenario) => {
    const run = new RaftRun(scenario.parameters, [], { start: scenario.start, seed: scenario.seed }).to(300);
    for (const { width, height, unit } of ROOMS) {
      const plan = planRaft(raftCastOf(run.view), { width, height }, unit);
      // Drawn at its own size, so that what is said in pixels is so.
      expect(plan.layout.size).toEqual({ width, height });
      expect(faultsOf(raftSceneOf(plan, run.view, run.micros), width > 320 ? 14 : 12)).toEqual([]);
    }
  });

  it('gives up words before the size of type', () => {
    const cast = raftCastOf(new RaftRun({ clients: 1 }).to(1).view);
    const heights = [500, 400, 300, 200, 160, 120];
    const layouts = heights.map((height) => planRaft(cast, { width: 1_000, height }).layout);
    expect(layouts.map(({ unit }) => unit)).toEqual(heights.map(() => 1));
    expect(layouts[0]!.servers.kind).toBe('rich');
    expect(['compact', 'small']).toContain(layouts.at(-1)!.servers.kind);
  });

  it('stands still whatever the servers do', () => {
    const boxes = (atMs: number) => {
      const run = new RaftRun({ workers: 2, workload: 'jobs' }, deeds).to(atMs);
      const plan = planRaft(raftCastOf(run.view), { width: 900, height: 480 });
      return raftSceneOf(plan, run.view, run.micros).nodes.map(({ address, box, body }) => ({ address, box, body }));
    };
    expect(boxes(1_400)).toEqual(boxes(0));
  });
});

describe('the ways of a cluster in rows', () => {
  it('lead round who stands between, on either side for either direction', () => {
    const cast = raftCastOf(new RaftRun({ servers: 9 }).to(1).view);
    const { layout, ways } = planRaft(cast, { width: 1_200, height: 420 });
    expect(layout.servers.ring).toBeUndefined();
    const [first, between, third] = layout.servers.places;
    for (const [from, to] of [
      ['server-1', 'server-3'],
      ['server-3', 'server-1'],
    ] as const) {
      const points = ways.wayOf(from, to)!.points;
      const apart = points.map(({ x, y }) => Math.hypot(x - between!.centre.x, y - between!.centre.y));
      expect(Math.min(...apart)).toBeGreaterThan(between!.ringRadius);
    }
    const middleOf = (from: string, to: string) => {
      const { points } = ways.wayOf(from, to)!;
      return points[Math.floor(points.length / 2)]!.y - first!.centre.y;
    };
    expect(third!.centre.y).toBe(first!.centre.y);
    expect(middleOf('server-1', 'server-3') * middleOf('server-3', 'server-1')).toBeLessThan(0);
  });
});
