import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type LinkView, readLink, writeLink } from '../../src/scenarios/link.ts';
import { catalogue } from '../../src/scenarios/released.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import type { Scenario } from '../../src/scenarios/types.ts';

/*
 * Links that people may have sent: each file holds links of one release and the runs that they opened. A file of a
 * release is never changed. Before a release, FREEZE_LINKS=<release> writes the file of that release anew
 * (then `npm run format`).
 */

const FOLDER = join(import.meta.dirname, 'links');

type Frozen = {
  readonly link: string;
  readonly view: LinkView;
  readonly engine: number;
  /** What decides the run. Parameters that came later stand at their defaults. */
  readonly opens: Pick<Scenario, 'world' | 'seed' | 'untilMs' | 'parameters' | 'script'>;
};

const made = (input: object): Scenario => {
  const checked = checkScenario({ format: 1, ...input }, catalogue);
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};

/** One of each kind that a release can write. */
function linksOfToday(): readonly string[] {
  const of = (preset: string): Scenario => made({ preset });
  const withDeeds = (preset: string, count: number): Scenario => {
    const deeds = [
      { atMs: 1_000.5, do: 'pause', target: 'any-worker', forMs: 2_000 },
      { atMs: 15_000, do: 'crash', target: 'busy-worker' },
      { atMs: 16_000, do: 'set', parameter: 'retryStrategy', value: 'exponential' },
      { atMs: 17_000, do: 'partition', sides: [['worker-1', 'broker'], ['rest']], id: 'split' },
      { atMs: 18_000, do: 'heal', id: 'split' },
    ];
    const script = [...of(preset).script, ...deeds.slice(0, count)].sort((a, b) => a.atMs - b.atMs);
    return made({ preset, script, seed: 4_294_967_295 });
  };
  const whole: { [key: string]: unknown } = { ...withDeeds('dead-letters', 5), title: 'Our own: “größer”' };
  for (const key of ['preset', 'pair', 'question', 'answers', 'expects']) delete whole[key];
  const links: (readonly [Scenario, LinkView])[] = [
    ...catalogue.presets.map((preset) => [preset, {}] as const),
    [withDeeds('naive', 3), { viewMs: 12_345.678, selection: { kind: 'item', id: 4 }, panel: 'log' }],
    [made({ preset: 'poison', untilMs: 60_000, parameters: { poisonItems: [3, 5], idempotent: true } }), {}],
    [withDeeds('herd', 5), { selection: { kind: 'address', id: 'worker-2' }, theme: 'projector', notes: true }],
    [made(whole), {}],
  ];
  return links.map(([scenario, view]) => writeLink(scenario, view, catalogue));
}

function frozen(link: string): Frozen {
  const opened = readLink(link, catalogue);
  if (!opened.ok) throw new Error(opened.problem.sentence);
  const { scenario, view, engine } = opened.value;
  const { world, seed, untilMs, parameters, script } = scenario;
  return { link, view, engine, opens: { world, seed, untilMs, parameters, script } };
}

const release = process.env.FREEZE_LINKS;
if (release !== undefined) {
  const path = join(FOLDER, `${release}.json`);
  writeFileSync(path, `${JSON.stringify(linksOfToday().map(frozen), null, 1)}\n`);
}

const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : [];

test('there are links of a release', () => {
  expect(files.length).toBeGreaterThan(0);
});

describe.each(files)('%s', (file) => {
  const links = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as readonly Frozen[];

  test('holds short and long links', () => {
    expect(links.filter(({ link }) => link.includes('&d=1.')).length).toBeGreaterThan(0);
    expect(links.filter(({ link }) => link.includes('&do=')).length).toBeGreaterThan(0);
  });

  test.each(links.map((each) => [each.link.slice(0, 60), each] as const))('%s still opens the same run', (_, each) => {
    const opened = readLink(each.link, catalogue);
    expect(opened).toMatchObject({ ok: true, value: { view: each.view, engine: each.engine, scenario: each.opens } });
  });
});
