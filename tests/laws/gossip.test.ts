import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Address, Command } from '../../src/kernel/types.ts';
import { begin, fractions, type Generated, lawOptions, play } from '../support/generated.ts';
import { type ExtraDraw, GOSSIP_PARAMETERS, gossipWorld } from '../support/gossip.ts';
import { gossipScenarios } from '../support/gossipScenarios.ts';
import { eachStep, LAWS } from '../support/laws.ts';

const choices = fc.array(fractions, { minLength: 1, maxLength: 6 });

/** Roomy, for a slow machine: a law that hangs should still end. */
const LIMIT_MS = 120_000;

describe('the laws, over generated worlds of gossips', () => {
  for (const [n, [sentence, law]] of LAWS.entries())
    it(
      sentence,
      () => {
        fc.assert(fc.property(gossipScenarios, choices, law), lawOptions(60, n));
      },
      LIMIT_MS,
    );

  it('another seed is another run', () => {
    const hashes = Array.from({ length: 200 }, (_, seed) => {
      const world = gossipWorld();
      return play({ world, parameters: GOSSIP_PARAMETERS, seed, script: [], untilMicros: 50_000 }).hash;
    });
    expect(new Set(hashes).size).toBe(200);
  });
});

/** Everything that was drawn in a run, by stream: of processes, and of links (lost, or the delays of the copies). */
function drawsOf(scenario: Generated, extra: ExtraDraw | undefined) {
  const streams = new Map<string, unknown[]>();
  const add = (stream: string, value: unknown) => {
    const known = streams.get(stream);
    if (known === undefined) streams.set(stream, [value]);
    else known.push(value);
  };
  const world = gossipWorld(extra, (address, purpose, value) => add(`${address} ${purpose}`, value));
  const fates = new Map<number, { stream: string; fate: unknown }>();
  const simulation = begin(
    { ...scenario, world },
    {
      onEntry({ id, kind, address, data }) {
        if (kind === 'messageSent') {
          const { kind: about, key } = data.message as { kind: string; key?: string };
          fates.set(id, { stream: `${address}>${data.to as Address} ${about} ${key ?? ''}`, fate: [] });
        }
        const sent = fates.get(data.messageId as number);
        if (
          kind === 'messageDropped' &&
          sent !== undefined &&
          ['lost', 'partitioned', 'cut'].includes(data.reason as string)
        )
          sent.fate = data.reason;
      },
    },
  );
  eachStep(simulation, scenario.untilMicros, () => {
    if (fates.size === 0) return;
    for (const { id, sentMicros, dueMicros } of simulation.view.inFlight()) {
      const sent = fates.get(id);
      if (sent !== undefined) (sent.fate as number[]).push(dueMicros - sentMicros);
    }
    for (const { stream, fate } of fates.values()) add(stream, fate);
    fates.clear();
  });
  return streams;
}

describe('streams', () => {
  // What changes the weather itself, or what may move a message by hand, would be seen as another draw.
  const unmoved = gossipScenarios.map((scenario) => ({
    ...scenario,
    parameters: { ...scenario.parameters, latency: 'exponential', lossProbability: 0.2, latencyMeanMs: 10 },
    script: scenario.script.filter(({ command }) => !['set', 'delay', 'drop', 'slowLink'].includes(command.do)),
  }));
  const extraDraw = fc.record({
    of: fc.integer({ min: 1, max: 3 }).map((n) => `node-${n}`),
    purpose: fc.constantFrom('jitter', 'victim', 'labour', 'idle thoughts'),
  });

  it(
    'a draw added to one process changes no draw of any other stream: process, link or fate',
    () => {
      let compared = 0;
      fc.assert(
        fc.property(unmoved, extraDraw, (scenario, extra) => {
          const before = drawsOf(scenario, undefined);
          const after = drawsOf(scenario, extra);
          for (const [stream, drawn] of before) {
            if (stream === `${extra.of} ${extra.purpose}`) continue;
            const now = after.get(stream) ?? [];
            for (let i = 0; i < Math.min(drawn.length, now.length); i++) {
              const rules = ['partitioned', 'cut'];
              // A cut takes a message before any draw is looked at.
              if (rules.includes(drawn[i] as string) || rules.includes(now[i] as string)) continue;
              if (JSON.stringify(now[i]) !== JSON.stringify(drawn[i]))
                expect([stream, i, now[i]]).toEqual([stream, i, drawn[i]]);
              compared++;
            }
          }
        }),
        lawOptions(60),
      );
      expect(compared).toBeGreaterThan(50 * lawOptions(60).numRuns);
    },
    LIMIT_MS,
  );

  it(
    'a draw from a stream of its own, which decides nothing, changes nothing at all',
    () => {
      fc.assert(
        fc.property(gossipScenarios, (scenario) => {
          const world = gossipWorld({ of: 'node-2', purpose: 'idle thoughts' });
          expect(play({ ...scenario, world }).hash).toBe(play(scenario).hash);
        }),
        lawOptions(40),
      );
    },
    LIMIT_MS,
  );
});

/** How the verb is counted; a message by its id and the next that fits are two things. */
function verbOf({ do: verb, message }: Command): string {
  const isNext = (verb === 'drop' || verb === 'delay') && message === undefined;
  return `commandGiven ${verb}${isNext ? ' next' : ''}`;
}

describe('the generated scenarios', () => {
  it(
    'hold every command and every kind of entry at least 50 times',
    () => {
      const counts = new Map<string, number>();
      for (const scenario of fc.sample(gossipScenarios, { numRuns: 400, seed: 1 })) {
        for (const { kind, data, causeId } of play(scenario).entries) {
          const names = [kind];
          if (kind === 'messageDropped') names.push(`${kind} ${data.reason as string}`);
          if (data.rule !== undefined && kind === 'messageDelayed') names.push('messageDelayed because awaited');
          if (data.rule !== undefined && data.reason === 'byHand') names.push('messageDropped because awaited');
          if (kind === 'commandGiven') names.push(verbOf(data.command as Command));
          if (kind === 'resumed' && (data.waited as number) > 1) names.push('resumed to several');
          if (kind === 'started' && causeId !== 0) names.push('started later');
          for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
        }
      }
      const expected = [
        ...'started,started later,restarted,stateEntered,messageSent,messageDelivered,messageDuplicated'.split(','),
        ...'messageDelayed,timerFired,diskSynced,diskSyncHeard,crashed,paused,resumed,resumed to several'.split(','),
        ...'skewed,slowed,diskWiped,parameterChanged,parameterHeard,commanded,commandMissed'.split(','),
        ...'leaveRequested,left,partitioned,healed,linkCut,linkSlowed,linkMended,messageAwaited,messageNotAwaited'.split(
          ',',
        ),
        ...'messageDropped because awaited,messageDelayed because awaited'.split(','),
        ...'lost,recipientDown,noSuchRecipient,partitioned,cut,cutWhileInFlight,byHand'
          .split(',')
          .map((reason) => `messageDropped ${reason}`),
        ...'crash,restart,wipeDisk,pause,resume,skew,slow,partition,heal,cut,slowLink,mend,set,drop,drop next,delay,delay next,nudge'
          .split(',')
          .map((verb) => `commandGiven ${verb}`),
      ];
      const rare = expected
        .filter((name) => (counts.get(name) ?? 0) < 50)
        .map((name) => `${name}: ${counts.get(name) ?? 0}`);
      expect(rare).toEqual([]);
    },
    LIMIT_MS,
  );
});
