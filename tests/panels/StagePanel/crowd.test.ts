import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Curve } from '../../../src/geometry/curve.ts';
import type { Mover, Scene } from '../../../src/geometry/scene.ts';
import { createCrowd, isCrowd, uncovered, withArrived } from '../../../src/panels/StagePanel/crowd.ts';
import { createPen, type Picture } from '../../../src/panels/StagePanel/crowdPen.ts';

const CURVE: Curve = {
  d: 'M0 0L100 0',
  points: [
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ],
  lengths: [0, 100],
  length: 100,
};

/** Something that takes a second from x 0 to x 100. */
function mover(key: string, startMicros: number, changes: Partial<Mover> = {}): Mover {
  return {
    key,
    kind: 'message',
    card: undefined,
    shape: { form: 'dot', isHollow: false, hasCross: false, isCourtesy: true },
    itemId: undefined,
    hue: undefined,
    isSelected: false,
    curve: CURVE,
    isBackwards: false,
    startMicros,
    endMicros: startMicros + 1_000_000,
    stopsAt: 1,
    goneMicros: Number.MAX_SAFE_INTEGER,
    reason: undefined,
    asidePx: 0,
    opacity: 1,
    ...changes,
  };
}

const keys = (movers: readonly { readonly key: string }[]) => movers.map((one) => one.key);
const drawn = (movers: readonly Mover[], ratio = 1) =>
  uncovered(movers, 500_000, ratio).map((place) => place.mover.key);

describe('a crowd', () => {
  it('keeps its mind where the number wavers', () => {
    const least = Array.from({ length: 500 }, (_, n) => n).find((n) => isCrowd(n, false))!;
    expect(isCrowd(least - 1, true)).toBe(true);
    expect(isCrowd(0, true)).toBe(false);
  });
});

describe('what has arrived', () => {
  it('stays at its end until the node shows it, and what was cut on its way does not', () => {
    const [arrived, cut, onItsWay] = [mover('arrived', 0), mover('cut', 600_000), mover('on', 700_000)];
    expect(keys(withArrived([arrived, cut, onItsWay], [onItsWay], 1_000_000))).toEqual(['arrived', 'on']);
    expect(withArrived([onItsWay], [onItsWay], 1_000_000)).toEqual([onItsWay]);
  });
});

describe('what is drawn of a crowd', () => {
  it('leaves out only what lies exactly under a later one of its form', () => {
    const square = { form: 'square', isHollow: false, hasCross: false, isCourtesy: true } as const;
    expect(drawn([mover('under', 0), mover('beside', 100_000), mover('over', 0)])).toEqual(['beside', 'over']);
    expect(drawn([mover('dot', 0), mover('square', 0, { shape: square })])).toEqual(['dot', 'square']);
  });

  it('draws what a faint one lies over, and always what is followed', () => {
    expect(drawn([mover('under', 0), mover('faint', 0, { opacity: 0.5 })])).toEqual(['under', 'faint']);
    expect(drawn([mover('followed', 0, { isSelected: true }), mover('over', 0)])).toEqual(['followed', 'over']);
  });

  it('stands on device pixels, where it is at that instant', () => {
    const [place] = uncovered([mover('one', 120_000)], 500_000, 2);
    expect(place).toMatchObject({ x: 76, y: 0, opacity: 1 });
    // A third of a pixel apart is one place on a plain screen, and two on a finer one.
    const near = [mover('a', 100_000), mover('b', 104_000)];
    expect(drawn(near)).toEqual(['b']);
    expect(drawn(near, 3)).toEqual(['a', 'b']);
  });
});

describe('the pictures of a crowd', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** A crowd with a worker that answers when it is told to. */
  function crowdWithWorker() {
    vi.stubGlobal(
      'OffscreenCanvas',
      class {
        getContext() {
          return null;
        }
      },
    );
    const pictures: Picture[] = [];
    const worker = { postMessage: (picture: Picture) => pictures.push(picture), terminate() {} } as unknown as Worker;
    let firsts = 0;
    const crowd = createCrowd(
      () => firsts++,
      () => worker,
    );
    const canvasOf = () => Object.assign(document.createElement('canvas'), { transferControlToOffscreen: () => ({}) });
    crowd.adopt({ size: { width: 100, height: 50 }, unit: 1, nodes: [] } as unknown as Scene);
    return {
      crowd,
      canvasOf,
      firsts: () => firsts,
      /** Where the only mover stands in each picture so far. */
      xs: () => pictures.map((picture) => picture.places[1]),
      canvases: () => pictures.map((picture) => picture.canvas !== undefined),
      answer: (screen: number) => worker.onmessage?.({ data: screen } as MessageEvent),
    };
  }

  it('do not pile up where the worker is behind, and the latest is not lost', () => {
    const { crowd, canvasOf, xs, canvases, answer, firsts } = crowdWithWorker();
    const canvas = canvasOf();
    for (const micros of [100_000, 200_000, 300_000, 400_000]) crowd.show(canvas, [mover('one', 0)], micros);
    expect(xs()).toEqual([10, 20]);
    answer(1);
    expect(xs()).toEqual([10, 20, 40]);
    answer(1);
    answer(1);
    expect(xs()).toEqual([10, 20, 40]);
    expect(canvases()).toEqual([true, false, false]);
    expect(firsts()).toBe(1);
    expect(crowd.hasDrawn(canvas)).toBe(true);
  });

  it('begin anew on another canvas, and an answer for the old one is none for it', () => {
    const { crowd, canvasOf, canvases, answer, firsts } = crowdWithWorker();
    const [old, next] = [canvasOf(), canvasOf()];
    crowd.show(old, [mover('one', 0)], 100_000);
    crowd.show(next, [mover('one', 0)], 200_000);
    expect(canvases()).toEqual([true, true]);
    answer(1);
    expect([firsts(), crowd.hasDrawn(next)]).toEqual([0, false]);
    answer(2);
    expect([firsts(), crowd.hasDrawn(next)]).toEqual([1, true]);
  });
});

describe('the pen', () => {
  it('sets faces down by their middle, and forgets one only when the picture stands', () => {
    const calls: unknown[][] = [];
    const context = {
      globalAlpha: 1,
      clearRect: () => calls.push(['clear']),
      drawImage: (face: ImageBitmap, x: number, y: number) => calls.push([face, x, y, context.globalAlpha]),
    };
    const canvas = { width: 0, height: 0, getContext: () => context } as unknown as OffscreenCanvas;
    const face = { width: 10, height: 6, close: () => calls.push(['closed']) } as unknown as ImageBitmap;
    const screens: number[] = [];
    const show = createPen((screen) => screens.push(screen));
    const size = { width: 40, height: 20 };
    const places = new Int32Array([7, 20, 10, 500, 8, 0, 0, 1_000]);
    show({ screen: 3, canvas, ...size, faces: [{ id: 7, bitmap: face }], gone: [7], places });
    expect(canvas).toMatchObject(size);
    expect(calls).toEqual([[face, 15, 7, 0.5], ['closed']]);
    calls.length = 0;
    show({ screen: 3, canvas: undefined, ...size, faces: [], gone: [], places });
    expect(calls).toEqual([['clear']]);
    expect(screens).toEqual([3, 3]);
  });
});
