import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw } from '../../src/kernel/random.ts';
import type { Effect, Env, Process, ProcessEvent } from '../../src/kernel/types.ts';
import { machineProcess } from '../../src/protocols/machineProcess.ts';
import { besideXState, Difference } from '../support/besideXState.ts';
import { EVENTS, randomMachine } from '../support/randomMachine.ts';

/** What happened in all machines together, so that the law is not about nothing. */
const told = { steps: 0, timersFired: 0, moves: 0, endless: 0 };

/** An environment whose every draw is another. */
function luckyEnv(seed: number): Env {
  let draws = 0;
  const random = (purpose: string) => draw(seed, purpose, draws++);
  return { address: 'm', nowMicros: 0, parameters: {}, random, fate: () => 0.5 };
}

/** Feeds a machine by both and keeps account of its timers; ends where both fail. */
function follow(process: Process, seed: number, picks: readonly number[]): void {
  const env = luckyEnv(seed);
  const running = new Set<string>();
  const note = (effects: readonly Effect[]) => {
    for (const effect of effects) {
      if (effect.kind === 'startTimer') running.add(effect.name);
      if (effect.kind === 'cancelTimer') running.delete(effect.name);
    }
  };
  let { state, effects } = process.boot(undefined, env);
  note(effects);
  for (const pick of picks) {
    const timers = [...running];
    const choice = pick % (EVENTS.length + timers.length);
    const name = timers[choice - EVENTS.length];
    const event: ProcessEvent =
      name === undefined
        ? { type: 'message', from: 'someone', message: { kind: EVENTS[choice]! } }
        : { type: 'timer', name };
    if (name !== undefined) running.delete(name);
    const before = process.stateName(state);
    ({ state, effects } = process.handle(state, event, env));
    note(effects);
    told.steps += 1;
    if (name !== undefined) told.timersFired += 1;
    if (process.stateName(state) !== before) told.moves += 1;
  }
}

/** Both say that `always` follows `always` without end. */
function isEndless({ message, cause }: Error): boolean {
  return message.includes('never rests') && String(cause).includes('Infinite loop');
}

describe('machines made at random', () => {
  it('do at every step what XState does', () => {
    const picks = fc.array(fc.nat({ max: 59 }), { minLength: 5, maxLength: 30 });
    fc.assert(
      fc.property(fc.gen(), fc.nat(), picks, (g, seed, steps) => {
        const machine = randomMachine(g);
        try {
          follow(besideXState(machineProcess({ machine }) as Process, machine), seed, steps);
        } catch (error) {
          if (error instanceof Difference || !isEndless(error as Error)) throw error;
          told.endless += 1;
        }
      }),
      // A machine made at random shrinks for minutes and gets hardly smaller.
      { numRuns: 600, endOnFailure: true },
    );
    expect(told.steps).toBeGreaterThan(2_000);
    expect(told.moves).toBeGreaterThan(500);
    expect(told.timersFired).toBeGreaterThan(200);
    expect(told.endless).toBeGreaterThan(5);
  });
});
