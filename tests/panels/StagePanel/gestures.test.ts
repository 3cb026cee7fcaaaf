import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutCommand,
  type Gesture,
  lettersOf,
  mendingCommands,
  pressed,
  splitCommand,
} from '../../../src/panels/StagePanel/gestures.ts';
import { RaftRun } from '../../geometry/support/raftRun.ts';

const ALL = ['server-1', 'server-2', 'server-3', 'client-1'];

describe('splitting by hand', () => {
  it('puts who is pressed on side A, and back at the second press', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ALL)), (presses) => {
        const end = presses.reduce<Gesture>((gesture, address) => pressed(gesture, address), {
          kind: 'split',
          sideA: [],
        });
        const letters = lettersOf(end, ALL);
        for (const address of ALL) {
          const isOdd = presses.filter((one) => one === address).length % 2 === 1;
          expect(letters.get(address)).toBe(isOdd ? 'A' : 'B');
        }
      }),
    );
  });

  it('is possible only where both sides have someone', () => {
    expect(splitCommand([], ALL)).toBeUndefined();
    expect(splitCommand(ALL, ALL)).toBeUndefined();
    expect(splitCommand(['client-1', 'server-2'], ALL)).toEqual({
      do: 'partition',
      sides: [['server-2', 'client-1'], ['rest']],
    });
  });
});

describe('cutting by hand', () => {
  it('keeps the last two ends', () => {
    const press = (...all: string[]) =>
      all.reduce<Gesture>((gesture, address) => pressed(gesture, address), { kind: 'cut', ends: [] });
    expect(press('server-1', 'server-2', 'server-3')).toMatchObject({ ends: ['server-2', 'server-3'] });
    expect(press('server-1', 'server-1')).toMatchObject({ ends: [] });
  });

  it('cuts the way that is named', () => {
    for (const [way, isThere, isBack] of [
      ['both', true, true],
      ['there', true, false],
      ['back', false, true],
    ] as const) {
      const run = new RaftRun({}, [[10, cutCommand(['server-1', 'server-2'], way)!]]).to(20);
      const rule = run.view.rules()[0]!;
      expect(rule.kind).toBe('cut');
      if (rule.kind !== 'cut') return;
      const blocks = (from: string, to: string) =>
        (rule.from === from && rule.to === to) || (rule.bothWays && rule.from === to && rule.to === from);
      expect([blocks('server-1', 'server-2'), blocks('server-2', 'server-1')]).toEqual([isThere, isBack]);
    }
  });

  it('needs two ends', () => {
    expect(cutCommand(['server-1'], 'both')).toBeUndefined();
  });
});

describe('healing', () => {
  it('lifts all that was split and cut', () => {
    const broken = new RaftRun({}, [
      [10, splitCommand(['server-1'], ALL)!],
      [11, cutCommand(['server-2', 'server-3'], 'there')!],
      [12, cutCommand(['client-1', 'server-3'], 'both')!],
    ]).to(20);
    const mending = mendingCommands(broken.view);
    const mended = new RaftRun({}, [
      [10, splitCommand(['server-1'], ALL)!],
      [11, cutCommand(['server-2', 'server-3'], 'there')!],
      [12, cutCommand(['client-1', 'server-3'], 'both')!],
      ...mending.map((command) => [20, command] as const),
    ]).to(30);
    expect(broken.view.rules()).toHaveLength(3);
    expect(mended.view.rules()).toEqual([]);
    expect(mendingCommands(mended.view)).toEqual([]);
  });
});
