import { describe, expect, it } from 'vitest';
import { createSimulation } from '../../src/kernel/simulation.ts';
import { gossipWorld } from '../support/gossip.ts';
import { ms, note, persist, puppet, stage } from '../support/stage.ts';

/** Says on which disk it boots. */
const reader = () => puppet({ onBoot: (disk) => [note('booted', { disk: (disk as string | undefined) ?? 'empty' })] });
const pair = () => ({ a: reader(), b: reader() });
const disks = (world: ReturnType<typeof stage>) => world.trace('booted').map(({ address, disk }) => [address, disk]);

/** Contracts §7: a given state, where waiting can't lead there. */
describe('a given state', () => {
  it('is the disk with which some boot at time 0; they count as started, and the others boot on an empty one', () => {
    const world = stage({ cast: pair(), start: { b: 'term 7' } });
    expect(disks(world)).toEqual([
      ['a', 'empty'],
      ['b', 'term 7'],
    ]);
    expect(world.trace('started', 'restarted').map(({ kind, causeId }) => [kind, causeId])).toEqual([
      ['started', 0],
      ['started', 0],
    ]);
    expect(world.disk('b')).toBe('term 7');
  });

  it('is durable like any other disk: a restart boots from it, a write replaces it', () => {
    const world = stage({ cast: pair(), start: { b: 'term 7' } })
      .crash('b')
      .restart('b')
      .tell('b', persist('term 8'))
      .crash('b')
      .restart('b')
      .runFor(1);
    expect(disks(world).slice(2)).toEqual([
      ['b', 'term 7'],
      ['b', 'term 8'],
    ]);
  });

  it('is of the first instant only: who comes later, or again, has an empty disk', () => {
    const world = stage({
      cast: { ...pair(), c: reader() },
      start: { b: 'term 7', c: 'term 9' },
      parameters: { late: false, gone: false },
      present: (address, { late, gone }) => (address === 'c' ? late === true : address !== 'b' || gone === false),
    })
      .set('late', true)
      .crash('b')
      .set('gone', true)
      .set('gone', false)
      .runFor(1);
    expect(disks(world).slice(2)).toEqual([
      ['c', 'empty'],
      ['b', 'empty'],
    ]);
  });

  it('is in a snapshot, and not laid over it again', () => {
    const world = stage({ cast: pair(), start: { b: 'term 7' } }).tell('b', persist('term 8'));
    const snapshot = world.snapshot();
    const other = stage({ cast: pair(), start: { b: 'term 1' } }).restore(snapshot);
    expect(other.disk('b')).toBe('term 8');
  });

  it('depends on the parameters at the start where the world says so', () => {
    const world = {
      ...gossipWorld(),
      startDisks: (start: unknown, { nodes }: { [name: string]: unknown }) =>
        new Map([['node-1', { known: (start as number) + (nodes as number) }]]),
    };
    const parameters = { nodes: 3, chatterMs: 20 };
    const simulation = createSimulation({ world, parameters, seed: 1, script: [], start: 100 });
    expect(simulation.view.process('node-1')?.data).toMatchObject({ known: 103 });
  });

  it('is refused by a kernel whose world takes none', () => {
    const { startDisks: _, ...world } = gossipWorld();
    const options = { world, parameters: { nodes: 3, chatterMs: 20 }, seed: 1, script: [] };
    expect(() => createSimulation({ ...options, start: {} })).toThrow(/the world gossip takes no given state/);
    expect(() => createSimulation(options).runUntil(ms(1))).not.toThrow();
  });
});
