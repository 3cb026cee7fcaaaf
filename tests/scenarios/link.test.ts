import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, test } from 'vitest';
import { decodeBase64url, encodeBase64url } from '../../src/scenarios/base64url.ts';
import { checksumOf } from '../../src/scenarios/checksum.ts';
import { ENGINE } from '../../src/scenarios/engine.ts';
import { type LinkView, linkClass, readLink, readLooks, writeLink } from '../../src/scenarios/link.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { arbitraryScenario } from '../support/arbitraryScenario.ts';
import { belfry, evening, fakeCatalogue, heardCatalogue, plainInput } from '../support/fakeWorld.ts';

const valid = (input: unknown): Scenario => {
  const checked = checkScenario(input, fakeCatalogue);
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};
const read = (link: unknown) => readLink(link, fakeCatalogue);
const write = (scenario: Scenario, view: LinkView = {}) => writeLink(scenario, view, fakeCatalogue);
const sentenceOf = (link: unknown): string => {
  const opened = read(link);
  return opened.ok ? 'accepted' : opened.problem.sentence;
};
const eveningWith = (fields: { readonly [key: string]: unknown }) => valid({ format: 1, preset: 'evening', ...fields });
/** A link whose checksum fits, whatever its blob holds. */
const sealed = (blob: string, { s = 'evening', r = '7', e = String(ENGINE) } = {}) =>
  `#/play?s=${s}&r=${r}&e=${e}&d=1.${checksumOf(`${e}|${s}|${r}|${blob}`, blob.length)}.${blob}`;
const packed = (text: string) => encodeBase64url(deflateSync(strToU8(text)));

const view: fc.Arbitrary<LinkView> = fc.record(
  {
    viewMs: fc.integer({ min: 0, max: 5_000_000 }).map((micros) => micros / 1000),
    selection: fc.constantFrom<LinkView['selection']>({ kind: 'address', id: 'bell-2' }, { kind: 'item', id: 12 }),
    panel: fc.constantFrom('log', 'queue'),
    theme: fc.constantFrom('light', 'dark', 'projector'),
    ui: fc.constant('room'),
    notes: fc.constant(true),
  },
  { requiredKeys: [] },
);

describe('round trips', () => {
  test('any scenario and view come back from their link', () => {
    fc.assert(
      fc.property(arbitraryScenario(belfry), view, fc.boolean(), (input, shown, fromPreset) => {
        const { world: _, ...fields } = input;
        const scenario = valid(fromPreset ? { ...fields, preset: 'evening', pauseAtMs: null } : input);
        expect(read(write(scenario, shown))).toEqual({ ok: true, value: { scenario, view: shown, engine: ENGINE } });
      }),
    );
  });

  test('any three deeds on a preset, where the short form can say them', () => {
    const script = arbitraryScenario(belfry, { untilMs: 20_000, entriesMost: 3 }).map((input) => input.script);
    let readable = 0;
    fc.assert(
      fc.property(script, (deeds) => {
        const merged = [...evening.script, ...(deeds as Scenario['script'])].sort((a, b) => a.atMs - b.atMs);
        const scenario = eveningWith({ script: merged });
        const link = write(scenario);
        if (!link.includes('&d=')) readable += 1;
        expect(link).not.toMatch(/[%\s"<>\\^`{|}]/);
        expect(link).toMatch(/[A-Za-z0-9]$/);
        expect(read(link)).toMatchObject({ ok: true, value: { scenario } });
      }),
    );
    expect(readable).toBeGreaterThan(30);
  });

  test('a link ends on a letter or digit, whatever its blob ends on', () => {
    for (let seed = 0; seed < 300; seed++) {
      const scenario = valid({ ...plainInput, title: `Bells ${seed}` });
      const link = write(scenario);
      expect(link).toMatch(/[A-Za-z0-9]$/);
      expect(read(link)).toMatchObject({ ok: true, value: { scenario } });
    }
  });

  test('a whole address, spaces around it, &amp; for &, and encoding once or twice change nothing', () => {
    for (const scenario of [eveningWith({ parameters: { bells: 5 } }), valid(plainInput)]) {
      const link = write(scenario);
      const address = `https://example.org/lock%20step/${link}`;
      const forms = [
        link,
        ` ${address}\n`,
        address.replaceAll('&', '&amp;'),
        encodeURIComponent(link),
        encodeURIComponent(encodeURIComponent(link)),
        `https://example.org/${encodeURIComponent(link)}`,
        encodeURIComponent(encodeURIComponent(address)),
        `#${encodeURIComponent(link.slice(1))}`,
      ];
      for (const form of forms) expect(read(form), form).toMatchObject({ ok: true, value: { scenario } });
    }
  });
});

describe('the short form', () => {
  test.each<[{ readonly [key: string]: unknown }, string]>([
    [{}, '#/play?s=evening&r=7&e=1'],
    [{ seed: 0 }, '#/play?s=evening&r=0&e=1'],
    [{ untilMs: 30_000 }, '#/play?s=evening&r=7&until=30000&e=1'],
    [
      { parameters: { bells: 5, muffled: true, hours: [3, 5] } },
      '#/play?s=evening&r=7&set=bells:5,muffled:true,hours:3~5&e=1',
    ],
    [
      {
        script: [
          { atMs: 3_000, do: 'pause', target: 'ringer-of:7', forMs: 2_000.5 },
          ...evening.script,
          { atMs: 9_000, do: 'set', parameter: 'crackProbability', value: 0.5 },
          { atMs: 9_500.25, do: 'partition', sides: [['bell-1', 'loudest'], ['rest']] },
        ],
      },
      '#/play?s=evening&r=7&do=pause:ringer-of:7;forMs=2000.5@3000,set:crackProbability=0.5@9000,partition:bell-1~loudest/rest@9500.25&e=1',
    ],
    [
      {
        script: [
          ...evening.script,
          { atMs: 9_000, do: 'cut', from: 'bell-1', to: 'tower', bothWays: false },
          { atMs: 10_000, do: 'heal' },
        ],
      },
      '#/play?s=evening&r=7&do=cut:bell-1;tower;bothWays=false@9000,heal@10000&e=1',
    ],
  ])('%#', (fields, link) => {
    const scenario = eveningWith(fields);
    expect(write(scenario)).toBe(link);
    expect(read(link)).toMatchObject({ ok: true, value: { scenario } });
  });

  test.each<[string, { readonly [key: string]: unknown }]>([
    ['four deeds', { script: [...evening.script, ...[1, 2, 3, 4].map((n) => ({ atMs: 9_000 + n, do: 'heal' }))] }],
    ['an entry taken away', { script: evening.script.slice(1) }],
    ['a deed before one of the same moment', { script: [{ atMs: 4_000, do: 'heal' }, ...evening.script] }],
    ['a name with a comma', { script: [...evening.script, { atMs: 9_000, do: 'heal', id: 'a,b' }] }],
    ['another title', { title: 'Mine' }],
    ['four parameters', { parameters: { bells: 5, muffled: true, hours: [3], ringEveryMs: 9 } }],
  ])('%s takes the long form', (_, fields) => {
    const scenario = eveningWith(fields);
    expect(write(scenario)).toMatch(/^#\/play\?s=evening&r=7&e=1&d=1\./);
    expect(read(write(scenario))).toMatchObject({ ok: true, value: { scenario } });
  });

  test('may be written by hand: without seed and engine, keys in any order, numbers as people write them', () => {
    expect(read('#/play?set=bells:05,crackProbability:.5&s=evening')).toMatchObject({
      ok: true,
      value: { scenario: eveningWith({ parameters: { bells: 5, crackProbability: 0.5 } }), engine: ENGINE },
    });
  });
});

describe('a bad link gets one sentence', () => {
  const good = write(valid(plainInput), {});
  const expected = '#/play?s=<scenario>&r=<seed> …';

  test.each<[unknown, string]>([
    [undefined, 'the link is missing: expected text'],
    ['', `this is no link to a scenario: expected ${expected}`],
    ['https://example.org/', `this is no link to a scenario: expected ${expected}`],
    ['#/lesson', `this is no link to a scenario: expected ${expected}`],
    ['#/play', `the link ends where the scenario should be named: expected ${expected}`],
    ['#/play?', `the link ends where the scenario should be named: expected ${expected}`],
    ['#/play?r=7', `the link names no scenario: expected ${expected}`],
    ['#/play?s=evening&', 'the link has the unknown key ""'],
    ['#/play?s=evening&r', "the link's r has no value: the link may have been cut off. Copy it again"],
    ['#/play?s=evening&r=', "the link's r has no value: the link may have been cut off. Copy it again"],
    ['#/play?s=evenin', 'the link\'s s: there is no scenario "evenin" in the library. Did you mean evening?'],
    ['#/play?s=evening&seed=7', 'the link has the unknown key "seed"'],
    ['#/play?s=evening&them=dark', 'the link has the unknown key "them"'],
    ['#/play?s=evening&s=evening', 'the link names s twice: expected it once'],
    ['#/play?s=evening&r=-1', 'the link\'s r (seed) is "-1": expected a whole number from 0 to 4294967295'],
    ['#/play?s=evening&r=4294967296', 'the link\'s r (seed) is "4294967296": expected'],
    ['#/play?s=evening&r=07', 'the link\'s r (seed) is "07": expected'],
    ['#/play?s=evening&r=NaN', 'the link\'s r (seed) is "NaN": expected'],
    ['#/play?s=evening&e=0', 'the link\'s e (engine) is "0": expected a whole number from 1'],
    ['#/play?s=evening&t=20001', 'the link\'s t is "20001": expected milliseconds from 0 to 20000, the end of the run'],
    ['#/play?s=evening&sel=bell-201', 'the link\'s sel is "bell-201": expected an address such as worker-2'],
    ['#/play?s=evening&theme=darc', 'the link\'s theme is "darc": expected light, dark or projector'],
    ['#/play?s=evening&notes=2', 'the link\'s notes is "2": expected 1'],
    ['#/play?s=evening&p=a.b', 'the link\'s p is "a.b": expected the name of a panel'],
    ['#/play?s=evening&until=x', 'the link\'s until is "x": expected milliseconds'],
    ['#/play?s=evening&until=8000', 'in the link, script entry 2, atMs is 9000: expected at most 8000'],
    ['#/play?s=evening&set=bells', 'the link\'s set holds "bells": expected name:value, e.g. workers:4'],
    [
      '#/play?s=evening&set=bels:1',
      'the link\'s set: there is no parameter "bels" in the world belfry. Did you mean bells?',
    ],
    ['#/play?s=evening&set=bells:0', "the link's set: parameter bells is 0: expected a whole number from 1 to 200"],
    ['#/play?s=evening&set=bells:1,bells:2', "the link's set names bells twice: expected it once"],
    ['#/play?s=evening&do=crash:bell-1', 'the link\'s do holds "crash:bell-1": expected command:target@milliseconds'],
    ['#/play?s=evening&do=crsh:bell-1@1', 'script entry 1: there is no command "crsh". Did you mean crash?'],
    ['#/play?s=evening&do=crash:bell-900@1', 'script entry 1 (crash), target is "bell-900": expected bell-1'],
    ['#/play?s=evening&do=crash:bell-1;now@1', 'the link\'s do: crash has no field for "now": expected target'],
    ['#/play?s=evening&do=pause:bell-1;forMs=1;forMs=2@1', "the link's do: pause says forMs twice: expected it once"],
    ['#/play?s=evening&do=heal@5,heal@4', 'the link\'s do holds "heal@4" after 5 ms: expected deeds in order of time'],
    ['#/play?s=evening&do=set:bells@4', "the link's do holds set:bells: expected set:name=value"],
    ['#/play?s=evening&do=heal@20001', 'script entry 3, atMs is 20001: expected at most 20000'],
    ['#/play?s=evening&do=set:metal=iron@4', 'it can only be set from the start'],
    [good.replace('&d=', '&do=heal@1&d='), 'the link has do beside d: expected only one of them'],
    [`${good}&t=5`, 'the link has t after d: expected d to come last. Copy it again'],
    [good.slice(0, -1), 'the link was cut off on the way: 1 of '],
    [good.slice(0, good.indexOf('&d=') + 8), 'the link was cut off on the way: its end is missing'],
    [`${good}x`, 'the link has 1 characters too many at its end'],
    [good.replace('d=1.', 'd=2.'), 'the link is of format 2: this version reads format 1. Update the page'],
    [`#/play?s=evening&t=%E0%A4`, 'the link was damaged on the way: it holds a % that encodes nothing'],
    [`#/play?s=${'a'.repeat(20_000)}`, 'the link is 20009 characters long: expected at most 20000'],
    [sealed(packed('{"seed":1}')), "the link's d holds seed: expected it outside, as s or r"],
    [sealed(packed('{"__proto__":{}}')), 'the key "__proto__" is not allowed'],
    [sealed(packed('[1]')), "the link's d holds a list of 1: expected an object"],
    [sealed(packed('{"title":')), "the link's d, line 1, column 10: the text ends here: expected a value"],
    [sealed(packed('['.repeat(10_000))), 'nested more than 32 deep'],
    [sealed(packed(' '.repeat(65_537))), "the link's d unpacks to more than 65536 bytes"],
    [sealed(packed(' '.repeat(9_000_000))), "the link's d unpacks to more than 65536 bytes"],
    [sealed('AAAA'), "the link's d can't be unpacked. It was not made by this page"],
    [sealed('A'), "the link's d is not canonical base64url. It was not made by this page"],
    [sealed(`${packed('{}').slice(0, -1)}+`), "the link's d is not canonical base64url"],
    [sealed(packed('{"parameters":{"bells":0}}')), 'in the link, parameter bells is 0: expected a whole number'],
    [sealed(packed('{}'), { s: 'nosuch' }), 'in the link, there is no scenario "nosuch" in the library'],
  ])('%#', (link, sentence) => {
    expect(sentenceOf(link)).toContain(sentence);
  });

  test('from another engine it opens, with a notice', () => {
    const opened = read(sealed(packed('{}'), { e: String(ENGINE + 1) }));
    expect(opened).toMatchObject({ ok: true, value: { engine: ENGINE + 1, scenario: eveningWith({}) } });
    expect(opened.ok && opened.value.notice).toContain('a newer engine');
    expect(read('#/play?s=evening&e=1')).not.toHaveProperty('value.notice');
  });
});

describe('damage', () => {
  const link = write(valid(plainInput));
  const fromPreset = write(eveningWith({ title: 'Mine' }));

  test('one character changed anywhere in what decides the run is always refused', () => {
    const alphabet = 'ABCXYZabcxyz0189-_.&=+%~ /';
    for (const original of [link, fromPreset]) {
      for (let at = '#/play?'.length; at < original.length; at++) {
        for (const character of alphabet) {
          if (character === original[at]) continue;
          const damaged = original.slice(0, at) + character + original.slice(at + 1);
          const opened = read(damaged);
          expect(opened.ok ? damaged : 'refused').toBe('refused');
        }
      }
    }
  });

  test('a cut at any place is refused, and in the blob it says that it was cut off', () => {
    for (let length = 0; length < link.length; length++) {
      const sentence = sentenceOf(link.slice(0, length));
      expect(sentence).not.toBe('accepted');
      if (length > link.lastIndexOf('.')) expect(sentence).toContain('cut off');
    }
  });

  test('two neighbours swapped are refused', () => {
    for (let at = link.indexOf('r='); at < link.length - 1; at++) {
      if (link[at] === link[at + 1]) continue;
      const swapped = link.slice(0, at) + link[at + 1] + link[at] + link.slice(at + 2);
      expect(sentenceOf(swapped), swapped).not.toBe('accepted');
    }
  });

  test('random text and random edits never throw', () => {
    const short = write(eveningWith({ script: [...evening.script, { atMs: 9_000, do: 'pause', target: 'bell-1' }] }));
    const edited = fc
      .tuple(fc.constantFrom(link, short), fc.nat(), fc.nat(6), fc.string({ maxLength: 4 }))
      .map(([original, at, cut, inserted]) => {
        const place = at % original.length;
        return original.slice(0, place) + inserted + original.slice(place + cut);
      });
    const random = fc.uint8Array({ maxLength: 120 }).map((bytes) => String.fromCharCode(...bytes));
    const any = fc.oneof(
      edited,
      random,
      random.map((text) => `#/play?${text}`),
      random.map((text) => sealed(encodeURIComponent(text))),
      fc.uint8Array({ maxLength: 120 }).map((bytes) => sealed(encodeBase64url(bytes))),
      fc.anything(),
    );
    fc.assert(
      fc.property(any, (text) => {
        const opened = read(text);
        if (opened.ok) expect(valid(opened.value.scenario)).toEqual(opened.value.scenario);
        else expect(opened.problem.sentence).toMatch(/^[a-z].{10,400}$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('base64url', () => {
  test('agrees with Node, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const text = encodeBase64url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64url(text)).toEqual(bytes);
      }),
    );
  });

  test('each text that is accepted is the one text of its bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-D8-9_-]{0,6}$/), (text) => {
        const bytes = decodeBase64url(text);
        if (bytes !== undefined) expect(encodeBase64url(bytes)).toBe(text);
      }),
      { numRuns: 1_000 },
    );
    expect(decodeBase64url('AB')).toBeUndefined();
    expect(decodeBase64url('AA=')).toBeUndefined();
  });
});

test('the checksum is FNV-1a: its published value for the empty text, and one for "a"', () => {
  // http://www.isthe.com/chongo/tech/comp/fnv/: 32-bit offset basis; text characters count two bytes here.
  expect(checksumOf('', 1)).toBe(`${(0x811c9dc5).toString(36).padStart(7, '0')}1`);
  const afterLow = Math.imul(0x811c9dc5 ^ 0x61, 16_777_619);
  const afterHigh = Math.imul(afterLow, 16_777_619);
  expect(checksumOf('a', 36)).toBe(`${(afterHigh >>> 0).toString(36).padStart(7, '0')}10`);
});

test('classes of length', () => {
  const lengths = [150, 151, 1_800, 1_801, 4_000, 4_001];
  expect(lengths.map(linkClass)).toEqual(['qr', 'chat', 'chat', 'long', 'long', 'file']);
});

test('the front door takes the looks, and nothing else', () => {
  expect(readLooks('theme=projector&notes=1')).toEqual({ ok: true, value: { theme: 'projector', notes: true } });
  expect(readLooks('')).toEqual({ ok: true, value: {} });
  expect(readLooks('s=evening').ok).toBe(false);
  expect(readLooks('theme=pink').ok).toBe(false);
});

describe('a given state', () => {
  const given = (fields: object): Scenario => {
    const checked = checkScenario({ format: 1, preset: 'midnight', ...fields }, heardCatalogue);
    if (!checked.ok) throw new Error(checked.problem.sentence);
    return checked.value;
  };
  const roundTrip = (fields: object) => {
    const link = writeLink(given(fields), {}, heardCatalogue);
    expect(readLink(link, heardCatalogue)).toMatchObject({ ok: true, value: { scenario: given(fields) } });
    return link;
  };

  test('is the preset’s in the short form, and kept under other parameters', () => {
    expect(roundTrip({})).not.toContain('&d=');
    expect(roundTrip({ parameters: { bells: 5 } })).toContain('set=bells:5');
    expect(given({}).start).toBe(12);
  });

  test('travels in the long form where it is another or none, with a preset and without', () => {
    expect(roundTrip({ start: 99 })).toContain('&d=');
    expect(roundTrip({ start: null })).toContain('&d=');
    const { preset: _, ...rest } = given({ start: 99 });
    const opened = readLink(writeLink(rest as Scenario, {}, heardCatalogue), heardCatalogue);
    expect(opened).toMatchObject({ ok: true, value: { scenario: { start: 99 } } });
  });
});

test('a message by its id reads as in the links of 0.1.0, where the field had to be there', () => {
  const opened = read('#/play?s=evening&r=7&do=drop:12@10000,delay:13;40@11000,delay:50;kind=rang;to=tower@12000');
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const { scenario } = opened.value;
  expect(scenario.script.slice(-3)).toEqual([
    { atMs: 10_000, do: 'drop', message: 12 },
    { atMs: 11_000, do: 'delay', message: 13, byMs: 40 },
    { atMs: 12_000, do: 'delay', kind: 'rang', to: 'tower', byMs: 50 },
  ]);
  expect(write(scenario)).toContain('do=drop:message=12@10000,delay:message=13;40@11000,delay:50;kind=rang;to=tower@');
});
