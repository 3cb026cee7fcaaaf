import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowCurve, standAt, standOn } from '../../src/geometry/curve.ts';
import { shareOf, standOf } from '../../src/geometry/motion.ts';
import { workQueueStage } from '../../src/geometry/workQueueStage.ts';
import { workQueueRun } from './support/workQueueRun.ts';

const SIZE = { width: 1000, height: 500 };
const coordinate = fc.integer({ min: 0, max: 1900 });
const point = fc.record({ x: coordinate, y: coordinate });

describe('a curve', () => {
  it('is walked at one speed: equal shares are equal lengths', () => {
    fc.assert(
      fc.property(point, point, fc.constantFrom('x' as const, 'y' as const), (from, to, axis) => {
        fc.pre(Math.abs(from.x - to.x) + Math.abs(from.y - to.y) > 20);
        const curve = flowCurve(from, to, axis);
        const steps = 40;
        // Straight distances between near points are the way walked, but for the bend.
        const lengths = Array.from({ length: steps }, (_, i) => {
          const a = standOn(curve, i / steps);
          const b = standOn(curve, (i + 1) / steps);
          return Math.hypot(b.x - a.x, b.y - a.y);
        });
        const mean = curve.length / steps;
        for (const length of lengths) expect(length).toBeGreaterThan(mean * 0.85);
        for (const length of lengths) expect(length).toBeLessThan(mean * 1.001);
      }),
    );
  });

  it('begins and ends where it should', () => {
    fc.assert(
      fc.property(point, point, (from, to) => {
        const curve = flowCurve(from, to, 'x');
        expect(standOn(curve, 0)).toMatchObject(from);
        expect(standOn(curve, 1).x).toBeCloseTo(to.x, 6);
        expect(standOn(curve, 1).y).toBeCloseTo(to.y, 6);
      }),
    );
  });
});

describe('a message on its way', () => {
  const run = workQueueRun({ parameters: { workers: 2, linkMs: 400 }, atMs: 1_100 });
  const mover = workQueueStage(run.view, run.micros, SIZE).movers.find((one) => one.card !== undefined)!;

  it('stands at the elapsed share of its true latency', () => {
    const flight = run.view.inFlight().find((one) => `m${one.id}.${one.copy}` === mover.key)!;
    // Its way is longer than the curve: it comes out from under the one and goes in under the other.
    const { startPx, endPx } = mover.insets!;
    const whole = mover.curve.length - startPx - endPx;
    expect(whole).toBeGreaterThan(mover.curve.length);
    for (const share of [0, 0.25, 0.5, 0.9, 1]) {
      const at = flight.sentMicros + (flight.dueMicros - flight.sentMicros) * share;
      const expected = standAt(mover.curve, startPx + whole * (mover.isBackwards ? 1 - share : share));
      expect(standOf(mover, at)!.x).toBeCloseTo(expected.x, 3);
      expect(standOf(mover, at)!.y).toBeCloseTo(expected.y, 3);
    }
  });

  it('waits at the end, and never runs past it', () => {
    expect(standOf(mover, mover.endMicros + 5_000_000)).toEqual(standOf(mover, mover.endMicros));
  });
});

describe('acknowledgements', () => {
  it('travel the other way, on their own side', () => {
    const run = workQueueRun({ parameters: { linkMs: 400 }, atMs: 1_500 });
    const { movers } = workQueueStage(run.view, run.micros, SIZE);
    const ack = movers.find((one) => one.shape?.form === 'card')!;
    expect(ack.shape?.isHollow).toBe(true);
    const [start, end] = [standOf(ack, ack.startMicros)!, standOf(ack, ack.endMicros)!];
    expect(start.x).toBeGreaterThan(end.x);
    const middle = standOf(ack, (ack.startMicros + ack.endMicros) / 2)!;
    const onCurve = standOn(ack.curve, 0.5);
    expect(Math.hypot(middle.x - onCurve.x, middle.y - onCurve.y)).toBeCloseTo(ack.asidePx, 3);
    expect(ack.asidePx).toBeGreaterThan(4);
  });
});

describe('what is lost', () => {
  const run = workQueueRun({ parameters: { messageLossProbability: 1, linkMs: 400 }, atMs: 1_050 });
  const drops = run.entries.filter((entry) => entry.kind === 'messageDropped');
  const lost = workQueueStage(run.view, run.micros, SIZE, { drops }).movers.filter((one) => one.kind === 'lost');
  const submit = lost.find((one) => one.card !== undefined)!;

  it('goes until it breaks, then stands there with its reason and is gone after a second', () => {
    expect(submit.reason).toBe('lost');
    expect(standOf(submit, submit.startMicros + 1_000)!.isBroken).toBe(false);
    const breaksAt = submit.startMicros + (submit.endMicros - submit.startMicros) * submit.stopsAt;
    const broken = standOf(submit, breaksAt + 1_000)!;
    expect(broken.isBroken).toBe(true);
    expect(standOf(submit, breaksAt + 500_000)).toMatchObject({ x: broken.x, y: broken.y, isBroken: true });
    expect(standOf(submit, breaksAt + 1_001_000)).toBeUndefined();
  });

  it('says its reason once where several break at one place', () => {
    const down = workQueueRun({
      parameters: { workers: 6, linkMs: 100, longPollMs: 0, pollIntervalMs: 50 },
      script: [[1_000, { do: 'crash', target: 'broker' }]],
      atMs: 1_200,
    });
    const gone = down.entries.filter((entry) => entry.kind === 'messageDropped');
    const broken = workQueueStage(down.view, down.micros, SIZE, { drops: gone }).movers.filter(
      (one) => one.kind === 'lost',
    );
    expect(broken.length).toBeGreaterThan(1);
    expect(broken.filter((one) => one.reason !== '').map((one) => one.reason)).toEqual(['nobody there']);
  });

  it('is not shown any more, or not yet, at other instants', () => {
    const later = submit.goneMicros + 1;
    expect(workQueueStage(run.view, later, SIZE, { drops }).movers.some((one) => one.key === submit.key)).toBe(false);
    const before = submit.startMicros - 1;
    expect(workQueueStage(run.view, before, SIZE, { drops }).movers.some((one) => one.key === submit.key)).toBe(false);
  });
});

describe('gauges', () => {
  it('let the visibility run down by the clock of the broker', () => {
    const skew = { do: 'skew', target: 'broker', ratePpm: 500_000 };
    const run = workQueueRun({
      parameters: {
        workers: 1,
        linkMs: 100,
        visibilityTimeoutMs: 10_000,
        processingMs: 60_000,
        arrivalRatePerSecond: 1,
      },
      script: [[10, skew]],
      atMs: 6_000,
    });
    const broker = workQueueStage(run.view, run.micros, SIZE).nodes.find((node) => node.kind === 'broker')!;
    const ring = broker.gauges.find((gauge) => gauge.role === 'visibility')!;
    const before = shareOf(ring, run.micros);
    // Half the speed: in four true seconds two of its ten have passed.
    expect(before - shareOf(ring, run.micros + 4_000_000)).toBeCloseTo(0.2, 6);
  });

  it('fill a worker’s edge with its work, and stand still while it is paused', () => {
    const parameters = { workers: 1, linkMs: 0, processingMs: 10_000, arrivalRatePerSecond: 1 };
    const gaugeOf = (run: ReturnType<typeof workQueueRun>) =>
      workQueueStage(run.view, run.micros, SIZE)
        .nodes.find((node) => node.kind === 'worker')!
        .gauges.find((gauge) => gauge.role === 'progress')!;
    const run = workQueueRun({ parameters, atMs: 4_000 });
    expect(shareOf(gaugeOf(run), 6_000_000)).toBeCloseTo(0.5, 6);
    const paused = workQueueRun({ parameters, script: [[3_000, { do: 'pause', target: 'worker-1' }]], atMs: 4_000 });
    expect(shareOf(gaugeOf(paused), 6_000_000)).toBeCloseTo(0.2, 6);
    expect(shareOf(gaugeOf(paused), 60_000_000)).toBeCloseTo(0.2, 6);
  });
});

describe('time that runs too fast to follow', () => {
  const run = workQueueRun({ parameters: { workers: 8, arrivalRatePerSecond: 40, linkMs: 300 }, atMs: 3_000 });
  const at = (speed: number | undefined) => workQueueStage(run.view, run.micros, SIZE, { speed });
  const courtesies = (speed: number | undefined) => at(speed).movers.filter((one) => one.shape?.isCourtesy);
  const cards = (speed: number | undefined) => at(speed).movers.filter((one) => one.card !== undefined);

  it('lets courtesies fade first, then turns images into flow; paused, all is there again', () => {
    expect(cards(1).length).toBeGreaterThan(5);
    expect(courtesies(1).every((one) => one.opacity < 1)).toBe(true);
    expect(courtesies(0.1).every((one) => one.opacity === 1)).toBe(true);
    expect(cards(1).every((one) => one.opacity === 1)).toBe(true);
    expect(cards(20)).toEqual([]);
    const flow = at(20).flows.find((one) => one.key === 'producer-1>broker')!;
    expect(flow.count).toBe(cards(undefined).filter((one) => one.curve.d === flow.d).length);
    expect(at(undefined).flows).toEqual([]);
  });
});
