import { describe, expect, it } from 'vitest';
import type { Curve } from '../../../src/geometry/curve.ts';
import type { Mover } from '../../../src/geometry/scene.ts';
import { isCrowd, uncovered, withArrived } from '../../../src/panels/StagePanel/crowd.ts';

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
