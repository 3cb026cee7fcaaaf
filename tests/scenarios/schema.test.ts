import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../src/kernel/types.ts';
import { commandsOf } from '../../src/scenarios/commands.ts';
import { sortedJson } from '../../src/scenarios/json.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import {
  diffFromPreset,
  endingAt,
  exportScenario,
  isSameScenario,
  toKernelScript,
} from '../../src/scenarios/scenario.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import { FILE_CHARACTERS_MOST, readScenarioText } from '../../src/scenarios/text.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { arbitraryScenario } from '../support/arbitraryScenario.ts';
import { belfry, fakeCatalogue, heardCatalogue, plainInput } from '../support/fakeWorld.ts';

const check = (input: unknown) => checkScenario(input, fakeCatalogue);
const sentenceOf = (input: unknown): string => {
  const checked = check(input);
  return checked.ok ? 'accepted' : checked.problem.sentence;
};
const valid = (input: unknown): Scenario => {
  const checked = check(input);
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};
/** The plain file with other fields. */
const but = (fields: { readonly [key: string]: unknown }) => ({ ...plainInput, ...fields });
/** The plain file with one entry, at 1,000 ms. */
const entry = (fields: { readonly [key: string]: unknown }) => but({ script: [{ atMs: 1_000, ...fields }] });

describe('a good file', () => {
  test('comes back with every parameter', () => {
    expect(valid(plainInput)).toEqual({
      ...plainInput,
      speed: 1,
      parameters: { ...defaultsOf(belfry), bells: 2 },
    });
  });

  test('title, speed, parameters and script may be left out', () => {
    expect(valid({ format: 1, world: 'belfry', seed: 1, untilMs: 10 })).toEqual({
      format: 1,
      world: 'belfry',
      title: 'A belfry',
      seed: 1,
      untilMs: 10,
      speed: 1,
      parameters: defaultsOf(belfry),
      script: [],
    });
  });

  test('any generated scenario is accepted, says the same, and survives its own file', () => {
    fc.assert(
      fc.property(arbitraryScenario(belfry), (input) => {
        const scenario = valid(input);
        expect(scenario.script).toEqual(input.script);
        expect(scenario.parameters).toEqual({ ...defaultsOf(belfry), ...(input.parameters as object) });
        const back = readScenarioText(exportScenario(scenario, belfry), fakeCatalogue);
        expect(back).toEqual({ ok: true, value: scenario });
      }),
    );
  });

  test('the generator uses every verb, and every optional field both ways', () => {
    const seen = new Map<string, number>();
    for (const input of fc.sample(arbitraryScenario(belfry), { numRuns: 500, seed: 1 })) {
      for (const { do: verb, atMs: _, ...fields } of input.script as { do: string; atMs: number }[]) {
        seen.set(verb, (seen.get(verb) ?? 0) + 1);
        for (const name of Object.keys(fields)) seen.set(`${verb}.${name}`, (seen.get(`${verb}.${name}`) ?? 0) + 1);
      }
    }
    for (const verb of commandsOf(belfry)) {
      expect(seen.get(verb.do), verb.do).toBeGreaterThan(20);
      for (const field of verb.fields) {
        const name = `${verb.do}.${field.name}`;
        expect(seen.get(name), name).toBeGreaterThan(10);
        if (field.optional === true) expect(seen.get(name)).toBeLessThan(seen.get(verb.do)!);
      }
    }
  });

  test('equal moments keep their order, and the kernel gets whole microseconds', () => {
    const script = [
      { atMs: 1.001, do: 'crash', target: 'bell-1' },
      { atMs: 1.001, do: 'restart', target: 'bell-1' },
    ];
    expect(toKernelScript(valid(but({ script })), belfry)).toEqual([
      { atMicros: 1_001, command: { do: 'crash', target: 'bell-1' } },
      { atMicros: 1_001, command: { do: 'restart', target: 'bell-1' } },
    ]);
  });
});

describe('a bad file gets one sentence', () => {
  test.each<[unknown, string]>([
    [null, 'the scenario is null: expected an object with format, world, seed and untilMs'],
    [undefined, 'the scenario is missing: expected plain data'],
    [[], 'the scenario is a list of 0: expected an object with format, world, seed and untilMs'],
    ['{}', 'the scenario is "{}": expected an object with format, world, seed and untilMs'],
    [{}, 'format is missing: expected 1'],
    [but({ format: 2 }), 'format is 2: this version reads format 1. A newer version wrote it: update the page'],
    [but({ format: '1' }), 'format is "1": expected 1'],
    [but({ world: 'belfrey' }), 'world is "belfrey": expected belfry. Did you mean belfry?'],
    [but({ world: 5 }), 'world is 5: expected the id of a world'],
    [but({ sed: 1 }), 'the scenario has the unknown key "sed". Did you mean seed?'],
    [but({ seed: 1.5 }), 'seed is 1.5: expected a whole number from 0 to 4294967295'],
    [but({ seed: 4294967296 }), 'seed is 4294967296: expected a whole number from 0 to 4294967295'],
    [but({ seed: undefined }), 'seed is missing: expected a whole number from 0 to 4294967295'],
    [
      but({ untilMs: 3_600_001 }),
      'untilMs is 3600001: expected milliseconds from 1 to 3600000, with at most three decimals',
    ],
    [
      but({ untilMs: Number.NaN }),
      'untilMs is NaN: expected milliseconds from 1 to 3600000, with at most three decimals',
    ],
    [
      but({ untilMs: 10.0001 }),
      'untilMs is 10.0001: expected milliseconds from 1 to 3600000, with at most three decimals',
    ],
    [but({ speed: 0 }), 'speed is 0: expected a number from 0.01 to 100'],
    [but({ title: 'x'.repeat(201) }), `title is "${'x'.repeat(40)}…": expected text of 1 to 200 characters`],
    [but({ title: 'a\u0000b' }), 'title is "a?b": it holds control characters or broken ones: expected plain text'],
    [but({ title: 'a\ud800b' }), 'title is "a?b": it holds control characters or broken ones: expected plain text'],
    [but({ parameters: [1] }), 'parameters is a list of 1: expected an object in braces'],
    [but({ parameters: { crackProbability: 7 } }), 'parameter crackProbability is 7: expected a number from 0 to 1'],
    [but({ parameters: { bells: 129 } }), 'the parameters make 130 processes: expected at most 128'],
    [but({ start: { logs: [] } }), 'start is an object: the world belfry takes no given state: leave it out'],
    [but({ script: {} }), 'script is an object: expected a list of at most 2000 entries'],
    [but({ script: [3] }), 'script[0] is 3: expected an object in braces'],
    [
      but({ script: new Array(2_001).fill({ atMs: 0, do: 'heal' }) }),
      'script is a list of 2001: expected a list of at most 2000 entries',
    ],
    [but({ answers: [{ text: 'a', rigt: true }] }), 'answers[0] has the unknown key "rigt". Did you mean right?'],
    [but({ answers: [{ right: true }] }), 'answers[0].text is missing: expected text of 1 to 300 characters'],
    [but({ expects: [4] }), 'expects[0] is 4: expected an object with promise and is, or with figure and atMs'],
    [
      but({ expects: [{ promise: 'noBellCrack', is: 'kept' }] }),
      'expects[0]: there is no promise "noBellCrack". Did you mean noBellCracks?',
    ],
    [but({ pauseAtMs: [5_001] }), 'pauseAtMs[0] is 5001: expected at most 5000, the end of the run (untilMs)'],
    [but({ pair: ['mornin'] }), 'pair: there is no scenario "mornin" in the library. Did you mean morning?'],
    [{ format: 1, preset: 'evenin' }, 'there is no scenario "evenin" in the library. Did you mean evening?'],
    [
      { format: 1, preset: 'evening', world: 'raft' },
      'world is "raft": expected belfry, the world of the scenario evening',
    ],
    [but({ a: { b: () => 1 } }), 'a.b is a function: expected plain data'],
  ])('%#', (input, sentence) => {
    expect(sentenceOf(input)).toBe(sentence);
  });

  const targets = 'expected bell-1 to bell-200, tower, loudest, ringer-of:<hour> or any-bell';

  test.each<[unknown, string]>([
    [entry({ do: 'crsh', target: 'bell-1' }), 'script entry 1: there is no command "crsh". Did you mean crash?'],
    [
      entry({ do: 'toString' }),
      /there is no command "toString": expected set, crash, .* or strike$/ as unknown as string,
    ],
    [entry({ do: 'crash' }), `script entry 1 (crash), target is missing: ${targets}`],
    [entry({ do: 'crash', target: 'bell-201' }), `script entry 1 (crash), target is "bell-201": ${targets}`],
    [entry({ do: 'crash', target: 'bell-0' }), `script entry 1 (crash), target is "bell-0": ${targets}`],
    [entry({ do: 'crash', target: 'bell-01' }), `script entry 1 (crash), target is "bell-01": ${targets}`],
    [
      entry({ do: 'crash', target: 'bell' }),
      `script entry 1 (crash), target is "bell": ${targets}. Did you mean bell-1?`,
    ],
    [
      entry({ do: 'crash', target: 'towr' }),
      `script entry 1 (crash), target is "towr": ${targets}. Did you mean tower?`,
    ],
    [entry({ do: 'crash', target: 'ringer-of:x' }), `script entry 1 (crash), target is "ringer-of:x": ${targets}`],
    [entry({ do: 'crash', target: 'tower', forMs: 1 }), 'script entry 1 (crash) has the unknown key "forMs"'],
    [
      entry({ do: 'pause', target: 'tower', formMs: 1 }),
      'script entry 1 (pause) has the unknown key "formMs". Did you mean forMs?',
    ],
    [
      entry({ do: 'pause', target: 'tower', forMs: -1 }),
      'script entry 1 (pause), forMs is -1: expected a number from 0.001 to 3600000',
    ],
    [
      entry({ do: 'skew', target: 'tower' }),
      'script entry 1 (skew) says neither offsetMs nor ratePpm: expected at least one of them',
    ],
    [
      entry({ do: 'slow', target: 'tower', factor: 'x' }),
      'script entry 1 (slow), factor is "x": expected a number from 1 to 1000',
    ],
    [
      entry({ do: 'partition', sides: [['bell-1']] }),
      'script entry 1 (partition), sides is a list of 1: expected two or more lists of addresses, roles or rest',
    ],
    [
      entry({ do: 'partition', sides: [['bell-1'], ['bell-1']] }),
      'script entry 1 (partition), sides, side 2 names bell-1 again: expected each one once',
    ],
    [
      entry({ do: 'cut', from: 'tower', to: 'tower' }),
      'script entry 1 (cut) goes from one to itself: expected two different ends',
    ],
    [
      entry({ do: 'set', parameter: 'bels', value: 1 }),
      'script entry 1 (set), parameter: there is no parameter "bels" in the world belfry. Did you mean bells?',
    ],
    [
      entry({ do: 'set', parameter: 'bells', value: 0 }),
      'script entry 1 (set), value of bells is 0: expected a whole number from 1 to 200',
    ],
    [entry({ do: 'set', parameter: 'bells', value: 150 }), 'script entry 1 makes 151 processes: expected at most 128'],
    [
      entry({ do: 'set', parameter: 'metal', value: 'iron' }),
      'script entry 1, parameter metal is set at 1000 ms: it can only be set from the start, under parameters',
    ],
    [
      entry({ do: 'strike', target: 'bell-1', times: 13 }),
      'script entry 1 (strike), times is 13: expected a whole number from 1 to 12',
    ],
    [
      entry({ do: 'strike', target: 'bell-1', item: 'cat' }),
      'script entry 1 (strike), item is "cat": expected the number of an item, from 1 to 1000000000',
    ],
    [
      entry({ do: 'heal', atMs: -1 }),
      'script entry 1, atMs is -1: expected milliseconds from 0, with at most three decimals',
    ],
    [
      entry({ do: 'heal', atMs: 0.0001 }),
      'script entry 1, atMs is 0.0001: expected milliseconds from 0, with at most three decimals',
    ],
    [
      entry({ do: 'heal', atMs: '5' }),
      'script entry 1, atMs is "5": expected milliseconds from 0, with at most three decimals',
    ],
    [
      entry({ do: 'heal', atMs: 5_001 }),
      'script entry 1, atMs is 5001: expected at most 5000, the end of the run (untilMs)',
    ],
    [
      but({
        script: [
          { atMs: 2, do: 'heal' },
          { atMs: 1, do: 'heal' },
        ],
      }),
      'script entry 2, atMs is 1: expected at least 2, for entries stand in order of time',
    ],
  ])('%#', (input, sentence) => {
    expect(sentenceOf(input)).toMatch(
      (sentence as unknown) instanceof RegExp ? sentence : new RegExp(`^${escaped(sentence)}$`),
    );
  });

  function escaped(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }

  test('128 processes and a restart parameter at 0 ms are within bounds', () => {
    expect(sentenceOf(but({ parameters: { bells: 127 } }))).toBe('accepted');
    expect(sentenceOf(entry({ do: 'set', parameter: 'metal', value: 'iron', atMs: 0 }))).toBe('accepted');
  });
});

describe('a preset', () => {
  const evening = valid({ format: 1, preset: 'evening' });

  test('with nothing else is the library scenario', () => {
    expect(isSameScenario(evening, fakeCatalogue.presets[0]!)).toBe(true);
  });

  test('the rest is what differs: parameters one by one, the others whole, null takes away', () => {
    const other = valid({
      format: 1,
      preset: 'evening',
      seed: 8,
      parameters: { bells: 4 },
      script: [],
      question: null,
    });
    const { question: _, ...rest } = evening;
    expect(other).toEqual({ ...rest, seed: 8, parameters: { ...evening.parameters, bells: 4 }, script: [] });
  });

  test('null takes no required field away', () => {
    expect(valid({ format: 1, preset: 'evening', title: null }).title).toBe(evening.title);
  });

  test('laying the difference over the preset gives the scenario again, whatever changed', () => {
    fc.assert(
      fc.property(arbitraryScenario(belfry, { untilMs: 20_000 }), fc.boolean(), (input, without) => {
        const { world: _, ...fields } = input;
        const scenario = valid({ ...fields, preset: 'evening', ...(without && { answers: null, pauseAtMs: null }) });
        const difference = diffFromPreset(scenario, evening);
        expect(valid({ format: 1, preset: 'evening', seed: scenario.seed, ...difference })).toEqual(scenario);
        expect(difference.expects, 'what is the same is left out').toBeUndefined();
      }),
    );
  });
});

describe('the end moved', () => {
  test('what lies after it is left out, what lies before stays, and it is a valid scenario', () => {
    const evening = valid({ format: 1, preset: 'evening' });
    const short = endingAt(evening, 5_000);
    expect(short.script).toEqual([{ atMs: 4_000, do: 'crash', target: 'bell-2' }]);
    expect(short.pauseAtMs).toEqual([]);
    expect(short.expects).toEqual(evening.expects);
    expect(valid(short)).toEqual(short);
    expect(endingAt(evening, 30_000)).toEqual({ ...evening, untilMs: 30_000 });
  });
});

describe('whatever comes in at the door', () => {
  test('anything at all gives a problem or a valid scenario', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }), (input) => {
        expect(sentenceOf(input)).toMatch(/^\S/);
      }),
      { numRuns: 300 },
    );
  });

  test('one value of a good file replaced by anything', () => {
    fc.assert(
      fc.property(arbitraryScenario(belfry), fc.nat(), fc.anything(), (input, place, replacement) => {
        let count = 0;
        const paths = (value: Json): number => {
          count += 1;
          if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) paths(part as Json);
          return count;
        };
        const target = place % paths(input);
        let at = 0;
        const replaced = (value: Json): unknown => {
          if (at++ === target) return replacement;
          if (Array.isArray(value)) return value.map(replaced);
          if (typeof value !== 'object' || value === null) return value;
          return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part as Json)]));
        };
        const checked = check(replaced(input));
        // What is accepted is stable: checking it again changes nothing.
        if (checked.ok) expect(sortedJson(check(checked.value) as never)).toBe(sortedJson(checked as never));
        else expect(checked.problem.sentence.length).toBeLessThan(600);
      }),
      { numRuns: 300 },
    );
  });

  const text = exportScenario(valid(plainInput), belfry);
  const read = (bytes: string): string => {
    const checked = readScenarioText(bytes, fakeCatalogue);
    return checked.ok ? 'accepted' : checked.problem.sentence;
  };

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(String.fromCharCode(...bytes))).not.toBe('accepted');
      }),
      { numRuns: 300 },
    );
  });

  test('random edits of a good file never throw', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(8), fc.string({ maxLength: 4 }), (at, cut, inserted) => {
        const place = at % text.length;
        expect(read(text.slice(0, place) + inserted + text.slice(place + cut))).toMatch(/^[a-z]/);
      }),
      { numRuns: 300 },
    );
  });

  test('a file over the cap is refused before it is read', () => {
    const read = readScenarioText('['.repeat(FILE_CHARACTERS_MOST + 1), fakeCatalogue);
    expect(read.ok ? '' : read.problem.sentence).toBe(
      'the file is too large: expected a scenario of at most 1000000 characters',
    );
  });

  test('2,000 entries fit into a file', () => {
    const script = Array.from({ length: 2_000 }, (_, index) => ({ atMs: index, do: 'crash', target: 'bell-1' }));
    const scenario = valid(but({ script }));
    expect(readScenarioText(exportScenario(scenario, belfry), fakeCatalogue)).toEqual({ ok: true, value: scenario });
  });
});

describe('a given state', () => {
  const outcome = (fields: object) => {
    const checked = checkScenario({ format: 1, seed: 1, untilMs: 100, ...fields }, heardCatalogue);
    return checked.ok ? checked.value.start : checked.problem;
  };

  test('is taken where the world says that it is one, under the parameters of the scenario', () => {
    const input = { world: 'heardBelfry', parameters: { bells: 4 } };
    expect(outcome({ ...input, start: 4 })).toBe(4);
    expect(outcome({ ...input, start: 3 })).toEqual({
      where: 'start',
      sentence: 'start: expected a stroke of each bell',
    });
    expect(outcome(input)).toBeUndefined();
  });

  test('is the preset’s, another, or taken away by null', () => {
    expect(outcome({ preset: 'midnight' })).toBe(12);
    expect(outcome({ preset: 'midnight', start: 11 })).toBe(11);
    expect(outcome({ preset: 'midnight', start: null })).toBeUndefined();
  });
});

describe('the next message', () => {
  const outcome = (fields: { readonly [key: string]: unknown }) => sentenceOf(entry(fields));

  test('is chosen by its kind and its ends, each by address or role', () => {
    expect(outcome({ do: 'drop', kind: 'rang' })).toBe('accepted');
    expect(outcome({ do: 'delay', from: 'any-bell', to: 'tower', byMs: 5 })).toBe('accepted');
    expect(outcome({ do: 'drop', message: 12 })).toBe('accepted');
    expect(outcome({ do: 'drop', from: 'bell-1', to: 'bell-1' })).toBe('accepted');
  });

  test.each([
    [{ do: 'drop' }, 'script entry 1 (drop) says neither message nor kind, from or to: expected at least one of them'],
    [
      { do: 'delay', message: 12, to: 'tower', byMs: 5 },
      'script entry 1 (delay) says both message and kind, from or to: expected one message, or the next that fits',
    ],
    [
      { do: 'slowLink', from: 'tower', to: 'tower', byMs: 5 },
      'script entry 1 (slowLink) goes from one to itself: expected two different ends',
    ],
  ])('is refused where it says too little or too much: %o', (fields, sentence) => {
    expect(outcome(fields)).toBe(sentence);
  });

  test('needs ends that there are, and a delay', () => {
    expect(outcome({ do: 'drop', from: 'bell-999' })).toMatch(/^script entry 1 \(drop\), from is "bell-999"/);
    expect(outcome({ do: 'delay', kind: 'rang' })).toMatch(/^script entry 1 \(delay\), byMs is missing/);
    expect(outcome({ do: 'slowLink', from: 'tower', to: 'bell-1' })).toMatch(/, byMs is missing/);
  });
});
