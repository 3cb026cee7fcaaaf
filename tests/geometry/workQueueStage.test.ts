import { describe, expect, it } from 'vitest';
import { hueOfItem } from '../../src/geometry/hue.ts';
import { standOf } from '../../src/geometry/motion.ts';
import { neighbourOf, pick } from '../../src/geometry/picking.ts';
import type { Scene } from '../../src/geometry/scene.ts';
import { workQueueStage } from '../../src/geometry/workQueueStage.ts';
import { visitedBy } from '../../src/geometry/workQueueVisited.ts';
import type { BrokerData } from '../../src/protocols/workQueue/index.ts';
import { workQueueRun } from './support/workQueueRun.ts';

const SIZE = { width: 1100, height: 560 };
const nodeOf = (scene: Scene, address: string) => scene.nodes.find((node) => node.address === address)!;

describe('the queue', () => {
  const run = workQueueRun({ parameters: { workers: 1, arrivalRatePerSecond: 4, linkMs: 50 }, atMs: 4_000 });
  const broker = nodeOf(workQueueStage(run.view, run.micros, SIZE), 'broker');
  const data = run.view.process('broker')!.data as BrokerData;

  it('stands in line in the order of the broker, the next one first, at the side of the workers', () => {
    const expected = data.line.toArray().map((id) => data.messages.get(id)!.item.id);
    const inLine = broker.cards.filter((card) => card.look === 'solid');
    expect(inLine.map((card) => card.itemId)).toEqual(expected.slice(0, inLine.length));
    expect(inLine.length).toBeGreaterThan(3);
    const [first, second] = inLine;
    expect(first!.x).toBeGreaterThan(second!.x);
    expect(first!.y).toBe(second!.y);
  });

  it('keeps a ghost of what is in flight, with a ring', () => {
    const ghosts = broker.cards.filter((card) => card.look === 'ghost');
    expect(ghosts).toHaveLength(data.inFlight);
    expect(broker.gauges.map((gauge) => gauge.role)).toEqual(['visibility']);
  });

  it('says the same numbers in words', () => {
    expect(broker.state).toBe(`${data.line.size} waiting, ${data.inFlight} in flight, ${data.delayed} delayed`);
  });

  it('says how many more there are where not all have a place', () => {
    const long = workQueueRun({ parameters: { workers: 0, arrivalRatePerSecond: 50, linkMs: 5 }, atMs: 10_000 });
    const size = (long.view.process('broker')!.data as BrokerData).line.size;
    const node = nodeOf(workQueueStage(long.view, long.micros, SIZE), 'broker');
    expect(node.texts.find((text) => text.key === 'laneMore')!.text).toBe(`+${size - node.cards.length}`);
    const phone = nodeOf(workQueueStage(long.view, long.micros, { width: 320, height: 300 }), 'broker');
    expect(phone.cards.length).toBeLessThanOrEqual(5);
    expect(phone.texts.find((text) => text.key === 'laneMore')!.text).toBe(`+${size - phone.cards.length}`);
  });
});

describe('delayed items', () => {
  it('wait in their bay, the next one to come first, with a countdown', () => {
    const run = workQueueRun({
      parameters: {
        failureProbability: 1,
        retryStrategy: 'exponential',
        backoffBaseMs: 4_000,
        workers: 4,
        processingMs: 200,
        linkMs: 20,
        arrivalRatePerSecond: 2,
        itemCount: 3,
      },
      atMs: 3_000,
    });
    const data = run.view.process('broker')!.data as BrokerData;
    expect(data.delayed).toBeGreaterThan(1);
    const broker = nodeOf(workQueueStage(run.view, run.micros, SIZE), 'broker');
    expect(broker.gauges.filter((gauge) => gauge.role === 'delay')).toHaveLength(data.delayed);
    const ends = broker.gauges.filter((gauge) => gauge.role === 'delay').map((gauge) => gauge.endMicros);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });
});

describe('what happened to a node', () => {
  const script = [
    [3_000, { do: 'crash', target: 'worker-1' }],
    [3_000, { do: 'pause', target: 'worker-2' }],
    [3_000, { do: 'slow', target: 'worker-3', factor: 4 }],
  ] as const;
  const run = workQueueRun({ parameters: { arrivalRatePerSecond: 5, linkMs: 50 }, script, atMs: 3_500 });
  const scene = workQueueStage(run.view, run.micros, SIZE);

  it('is told by status, tone and words', () => {
    expect(nodeOf(scene, 'worker-1')).toMatchObject({ status: 'crashed', tone: 'failed', state: 'crashed', cards: [] });
    expect(nodeOf(scene, 'worker-2')).toMatchObject({ status: 'paused', tone: 'suspect' });
    expect(nodeOf(scene, 'worker-2').state).toMatch(/^paused/);
    expect(nodeOf(scene, 'worker-3')).toMatchObject({ status: 'up', isSlow: true });
    expect(nodeOf(scene, 'worker-3').state).toContain('4 times slower');
    const said = nodeOf(scene, 'worker-1').texts.map((text) => text.text);
    expect(said).toEqual(['worker 1', 'crashed']);
  });

  it('keeps the queue visible on the disk of a crashed broker', () => {
    const down = workQueueRun({
      parameters: { workers: 0, arrivalRatePerSecond: 4 },
      script: [[3_000, { do: 'crash', target: 'broker' }]],
      atMs: 3_100,
    });
    const broker = nodeOf(workQueueStage(down.view, down.micros, SIZE), 'broker');
    expect(broker.status).toBe('crashed');
    expect(broker.cards.length).toBeGreaterThan(4);
  });
});

describe('a later delivery', () => {
  it('carries its count, in line already for the one to come', () => {
    const run = workQueueRun({
      parameters: {
        failureProbability: 1,
        retryStrategy: 'requeue',
        workers: 1,
        linkMs: 20,
        itemCount: 1,
        processingMs: 500,
      },
      atMs: 2_400,
    });
    const worker = nodeOf(workQueueStage(run.view, run.micros, SIZE), 'worker-1');
    const held = worker.cards[0]!;
    expect(held.deliveries).toBeGreaterThan(1);
    expect(held.itemId).toBe(1);
  });
});

describe('the image store', () => {
  it('shows its calls, one slot each, and its outage', () => {
    const parameters = {
      dependencyConcurrency: 3,
      dependencyMs: 4_000,
      processingMs: 200,
      workers: 5,
      arrivalRatePerSecond: 5,
      linkMs: 20,
    };
    const script = [[5_000, { do: 'outage' }]] as const;
    const storeAt = (atMs: number) => {
      const run = workQueueRun({ parameters, script, atMs });
      return nodeOf(workQueueStage(run.view, run.micros, SIZE), 'image-store');
    };
    const roles = (atMs: number) => storeAt(atMs).parts.map((part) => part.role);
    expect(roles(0)).toEqual(['call', 'call', 'call']);
    expect(roles(4_500)).toEqual(['callBusy', 'callBusy', 'callBusy']);
    expect(roles(5_100)).toEqual(['callOut', 'callOut', 'callOut']);
    expect(storeAt(5_100).state).toMatch(/^outage/);
  });
});

describe('cuts', () => {
  it('mark the links across, and the direction of a one-way cut', () => {
    const script = [
      [100, { do: 'partition', sides: [['worker-1'], ['broker', 'result-store']] }],
      [100, { do: 'cut', from: 'broker', to: 'worker-2', bothWays: false }],
    ] as const;
    const run = workQueueRun({ script, atMs: 200 });
    const { links } = workQueueStage(run.view, run.micros, SIZE);
    const cut = links.filter((link) => link.cut !== undefined);
    expect(cut.map((link) => [link.key, link.cut!.isOneWay])).toEqual(
      [
        ['broker>worker-1', false],
        ['worker-1>result-store', false],
        ['broker>worker-2', true],
      ].sort((a, b) => links.findIndex((link) => link.key === a[0]) - links.findIndex((link) => link.key === b[0])),
    );
    // The arrow points the way that is still open: back, to the left.
    expect(links.find((link) => link.key === 'broker>worker-2')!.cut!.dx).toBeLessThan(0);
  });
});

describe('an item', () => {
  it('has one hue for life, and its neighbours in number another one', () => {
    for (let id = 1; id < 200; id++) {
      expect(hueOfItem(id)).toBe(hueOfItem(id));
      const apart = Math.abs(hueOfItem(id) - hueOfItem(id + 1));
      expect(Math.min(apart, 360 - apart)).toBeGreaterThan(60);
    }
    expect(new Set(Array.from({ length: 100 }, (_, i) => hueOfItem(i))).size).toBeGreaterThanOrEqual(12);
  });

  it('is ringed wherever it is while it is followed', () => {
    const run = workQueueRun({ parameters: { workers: 2, arrivalRatePerSecond: 3, linkMs: 300 }, atMs: 0 });
    const seen = new Set<string>();
    for (let atMs = 200; atMs < 8_000; atMs += 100) {
      const micros = run.to(atMs);
      const scene = workQueueStage(run.view, micros, SIZE, { selection: { kind: 'item', id: 2 } });
      for (const node of scene.nodes) {
        for (const card of node.cards) {
          expect(card.isSelected).toBe(card.itemId === 2);
          if (card.isSelected) seen.add(node.kind);
        }
      }
      for (const mover of scene.movers) {
        expect(mover.isSelected).toBe(mover.itemId === 2);
        if (mover.isSelected) seen.add('on its way');
      }
    }
    expect([...seen].sort()).toEqual(['broker', 'on its way', 'result-store', 'worker']);
  });

  it('leaves a trail of where it has been', () => {
    const run = workQueueRun({ parameters: { workers: 1, linkMs: 100, itemCount: 1 }, atMs: 8_000 });
    const visited = visitedBy(run.entries.filter((entry) => entry.data.itemId === 1));
    expect(visited).toEqual(['producer-1', 'broker', 'worker-1', 'result-store']);
    const { trail } = workQueueStage(run.view, run.micros, SIZE, { visited });
    expect(trail).toHaveLength(3);
  });

  it('bounces off the results when it comes again and is recognised', () => {
    const run = workQueueRun({
      parameters: {
        idempotent: true,
        visibilityTimeoutMs: 600,
        processingMs: 1_500,
        workers: 3,
        linkMs: 20,
        storeLinkMs: 20,
        itemCount: 1,
        arrivalRatePerSecond: 1,
      },
      atMs: 6_000,
    });
    const again = run.entries.find((entry) => entry.kind === 'duplicateRecognised')!;
    const bounces = (micros: number) =>
      workQueueStage(run.view, micros, SIZE).movers.filter((mover) => mover.kind === 'bounce');
    const last = run.entries.findLast((entry) => entry.kind === 'duplicateRecognised')!;
    expect(again).toBeDefined();
    expect(bounces(last.atMicros + 100_000).map((mover) => mover.itemId)).toEqual([1]);
    expect(bounces(last.atMicros + 2_000_000)).toEqual([]);
  });
});

describe('picking', () => {
  const run = workQueueRun({ parameters: { arrivalRatePerSecond: 5, linkMs: 300 }, atMs: 4_050 });
  const scene = workQueueStage(run.view, run.micros, SIZE);

  it('takes a card in line, a worker for the card in it, and what is within reach', () => {
    const card = nodeOf(scene, 'broker').cards[0]!;
    expect(pick(scene, run.micros, card, 22)).toEqual({ kind: 'item', id: card.itemId });
    const worker = nodeOf(scene, 'worker-2');
    const middle = { x: worker.body.x + worker.body.width / 2, y: worker.body.y + worker.body.height / 2 };
    expect(pick(scene, run.micros, middle, 22)).toEqual({ kind: 'address', id: 'worker-2' });
    const below = { x: worker.box.x + 60, y: worker.box.y + worker.box.height + 4 };
    expect(pick(scene, run.micros, below, 22)).toMatchObject({ kind: 'address', id: 'worker-2' });
    expect(pick(scene, run.micros, { x: 5, y: SIZE.height - 5 }, 22)).toBeUndefined();
  });

  it('walks from node to node by arrow keys, and everybody can be reached', () => {
    const reached = new Set<string>();
    const open = [scene.nodes[0]!.address];
    while (open.length > 0) {
      const at = open.pop()!;
      if (reached.has(at)) continue;
      reached.add(at);
      for (const direction of ['left', 'right', 'up', 'down'] as const) {
        const next = neighbourOf(scene.nodes, at, direction);
        if (next !== undefined) open.push(next);
      }
    }
    expect([...reached].sort()).toEqual(scene.nodes.map((node) => node.address).sort());
    expect(neighbourOf(scene.nodes, 'worker-1', 'down')).toBe('worker-2');
    expect(neighbourOf(scene.nodes, 'broker', 'down')).toBe('dead-letter-queue');
  });
});

describe('an image that gets lost', () => {
  const loss = { itemId: 7, atMicros: 2_000_000, entryId: 99, because: 'it was lost', by: 'worker-2' };
  const run = workQueueRun({ parameters: { workers: 3 }, atMs: 2_300 });
  const fallAt = (micros: number, by = loss.by) =>
    workQueueStage(run.view, micros, SIZE, { losses: [{ ...loss, by }] }).movers.find((mover) => mover.itemId === 7);

  it('falls off the worker that had it, broken, and is gone after a while', () => {
    const fall = fallAt(2_300_000)!;
    const { x, y, width } = nodeOf(workQueueStage(run.view, run.micros, SIZE), 'worker-2').box;
    const begins = standOf(fall, loss.atMicros)!;
    const lands = standOf(fall, fall.endMicros)!;
    expect(begins.isBroken).toBe(true);
    expect(begins.x).toBeGreaterThan(x);
    expect(begins.x).toBeLessThan(x + width);
    expect(lands.x).toBeGreaterThan(x + width);
    expect(lands.y).toBeGreaterThan(y);
    expect(fallAt(fall.goneMicros)).toBeUndefined();
  });

  it('covers no words on a phone, nor leaves it, whichever worker had it', () => {
    const phone = { width: 390, height: 370 };
    const four = workQueueRun({ parameters: { workers: 4 }, atMs: 2_300 });
    for (const by of ['worker-1', 'worker-2', 'worker-3', 'worker-4']) {
      const scene = workQueueStage(four.view, four.micros, phone, { losses: [{ ...loss, by }] });
      const fall = scene.movers.find((mover) => mover.itemId === 7)!;
      const { x, y } = standOf(fall, fall.endMicros)!;
      const { width, height } = fall.card!;
      expect(x - width / 2).toBeGreaterThanOrEqual(0);
      expect(x + width / 2).toBeLessThanOrEqual(scene.size.width);
      for (const text of scene.nodes.flatMap((node) => node.texts)) {
        // A baseline with 14 px of letters above it.
        const isBeside = y + height / 2 <= text.y - 14 || y - height / 2 >= text.y + 4;
        const isApart = Math.abs(text.x - x) > 90;
        expect(isBeside || isApart, `${by} and "${text.text}"`).toBe(true);
      }
    }
  });

  it('is not shown before it happened, nor where nobody stands', () => {
    expect(fallAt(1_999_999)).toBeUndefined();
    expect(fallAt(2_300_000, 'broker')).toBeUndefined();
  });
});
