import fc from 'fast-check';
import type { Command } from '../../src/kernel/types.ts';
import { type Draft, type Generated, planOf, playLive } from './generated.ts';
import { GOSSIP_PARAMETERS, gossipWorld } from './gossip.ts';

const UNTIL_MICROS = 300_000;

const address = fc.integer({ min: 1, max: 6 }).map((n) => `node-${n}`);
/** Few, so that what is cut is also mended. */
const near = fc.oneof({ weight: 2, arbitrary: fc.constantFrom('node-1', 'node-2') }, { weight: 1, arbitrary: address });
const target = fc.oneof(
  { weight: 3, arbitrary: address },
  { weight: 1, arbitrary: fc.constantFrom('any-node', 'oldest') },
);
const one = fc.constant({});
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const forMs = maybe(fc.integer({ min: 0, max: 120 }));
const command = (verb: string, fields: fc.Arbitrary<object>) =>
  fields.map((chosen) => ({ do: verb, ...chosen }) as Command);

/** Which message is awaited. */
const next = fc
  .record({ kind: maybe(fc.constantFrom('rumour', 'thanks')), from: maybe(target), to: maybe(target) })
  .map((which) => (Object.values(which).some((one) => one !== undefined) ? which : { kind: 'rumour' }));

const side = fc.uniqueArray(target, { minLength: 1, maxLength: 3 });
const settings: fc.Arbitrary<{ parameter: string; value: string | number | boolean }> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ parameter: fc.constant('nodes'), value: fc.integer({ min: 2, max: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ parameter: fc.constant('chatterMs'), value: fc.integer({ min: 5, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ parameter: fc.constant('lossProbability'), value: fc.constantFrom(0, 0.2, 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ parameter: fc.constant('duplicationProbability'), value: fc.constantFrom(0, 0.5, 1) }),
  },
  { weight: 1, arbitrary: fc.record({ parameter: fc.constant('diskSyncMs'), value: fc.constantFrom(0, 4, 40) }) },
  { weight: 1, arbitrary: fc.record({ parameter: fc.constant('latencyMeanMs'), value: fc.constantFrom(0, 5, 30) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      parameter: fc.constant('latency'),
      value: fc.constantFrom('constant', 'uniform', 'exponential', 'pareto', 'logNormal'),
    }),
  },
);

/** Every verb of the kernel, and the world's own. */
const commands: fc.Arbitrary<Command> = fc.oneof(
  command('crash', fc.record({ target })),
  // A crash in the middle of a pause, of a write or of work is what breaks things: they come more often.
  command('crash', fc.record({ target: address })),
  command('pause', fc.record({ target })),
  command('restart', fc.record({ target })),
  command('wipeDisk', fc.record({ target })),
  command('pause', fc.record({ target, forMs })),
  command('resume', fc.record({ target })),
  command(
    'skew',
    fc.record({
      target,
      offsetMs: maybe(fc.integer({ min: -500, max: 500 })),
      ratePpm: maybe(fc.integer({ min: 300_000, max: 3_000_000 })),
    }),
  ),
  command('slow', fc.record({ target, factor: fc.constantFrom(0.5, 1, 2, 7), forMs })),
  command(
    'partition',
    fc.record({ sides: fc.tuple(side, fc.oneof(side, fc.constant(['rest']))), id: maybe(fc.constant('x')) }),
  ),
  command('heal', fc.record({ id: fc.constantFrom(undefined, undefined, 'x', 'partition-1') })),
  command('heal', fc.constant({ id: 'any' })),
  command('cut', fc.record({ from: near, to: near, bothWays: maybe(fc.boolean()) })),
  command(
    'slowLink',
    fc.record({ from: near, to: near, byMs: fc.integer({ min: 0, max: 40 }), bothWays: maybe(fc.boolean()) }),
  ),
  command('mend', fc.record({ from: near, to: near, bothWays: maybe(fc.boolean()) })),
  command('set', settings),
  command('drop', one),
  command('delay', fc.record({ byMs: fc.integer({ min: 0, max: 60 }) })),
  command('drop', next),
  command(
    'delay',
    fc.tuple(next, fc.integer({ min: 0, max: 60 })).map(([which, byMs]) => ({ ...which, byMs })),
  ),
  command('nudge', fc.record({ target: address })),
);

/** The whole range of gossip worlds and what may be done to them in three tenths of a second. */
export const gossipDrafts: fc.Arbitrary<Draft> = fc.record({
  world: fc.constant(gossipWorld()),
  seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  parameters: fc.record({
    ...Object.fromEntries(Object.entries(GOSSIP_PARAMETERS).map(([name, value]) => [name, fc.constant(value)])),
    nodes: fc.integer({ min: 3, max: 6 }),
    chatterMs: fc.integer({ min: 10, max: 40 }),
    keyed: fc.boolean(),
    lossProbability: fc.constantFrom(0, 0.1, 0.3),
    duplicationProbability: fc.constantFrom(0, 0.1, 0.5),
    latency: fc.constantFrom('constant', 'uniform', 'exponential', 'pareto', 'logNormal'),
    latencyMeanMs: fc.constantFrom(0, 3, 10, 30),
    diskSyncMs: fc.constantFrom(0, 2, 15),
  }),
  plans: fc.array(planOf(commands, UNTIL_MICROS), { maxLength: 40, size: 'max' }),
  /** What some of them know from the beginning. */
  start: maybe(fc.dictionary(address, fc.integer({ min: 1, max: 9 }), { maxKeys: 4 })),
  untilMicros: fc.constant(UNTIL_MICROS),
});

/** Drafts that have been played once, live, so that they have a script. */
export const gossipScenarios: fc.Arbitrary<Generated> = gossipDrafts.map(playLive);
