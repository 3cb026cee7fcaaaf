import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createLocalWorker } from '../../src/lab/localWorker.ts';
import { runScenario } from '../../src/lab/run.ts';
import { exportScenario } from '../../src/scenarios/scenario.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import type { Scenario } from '../../src/scenarios/types.ts';
import { belfry, fakeCatalogue, plainInput } from '../support/fakeWorld.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Runs a command line over the belfry; what it printed and how it ended. */
async function sim(line: readonly string[], { stdin = '', isTTY = false } = {}) {
  let stdout = '';
  let stderr = '';
  const sink = (add: (text: string) => void) => ({
    write(text: string) {
      add(text);
      return true;
    },
    once: () => {},
    isTTY,
  });
  const status = await main(line, {
    catalogue: fakeCatalogue,
    createWorker: () => createLocalWorker((id) => (id === 'belfry' ? belfry : undefined)),
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout: sink((text) => {
      stdout += text;
    }),
    stderr: sink((text) => {
      stderr += text;
    }),
  });
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}

const evening = (fields: object = {}): Scenario => {
  const checked = checkScenario({ format: 1, preset: 'evening', ...fields }, fakeCatalogue);
  if (!checked.ok) throw new Error(checked.problem.sentence);
  return checked.value;
};
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('run', () => {
  test('prints the result as one JSON object', async () => {
    const { status, json, stderr } = await sim(['run', 'evening']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(json()).toEqual(asJson(runScenario(evening(), belfry)));
  });

  test('options change the scenario before it runs', async () => {
    const line = [
      'run',
      'evening',
      '--seed',
      '9',
      '--set',
      'bells=4',
      'crackProbability=0',
      '--hash',
      '--until-ms=8000',
    ];
    const scenario = evening({
      seed: 9,
      untilMs: 8_000,
      parameters: { bells: 4, crackProbability: 0 },
      script: evening().script.slice(0, 1),
    });
    expect((await sim(line)).json()).toEqual(asJson(runScenario(scenario, belfry, { hash: true })));
  });

  test.each([
    ['a file', async () => sim(['run', fileOf('evening.json', exportScenario(evening(), belfry)), '--hash'])],
    ['standard input', async () => sim(['run', '-', '--hash'], { stdin: exportScenario(evening(), belfry) })],
    ['a link', async () => sim(['run', '#/play?s=evening', '--hash'])],
    [
      'a link in a file',
      async () => sim(['run', fileOf('link.txt', 'https://example.org/#/play?s=evening\n'), '--hash']),
    ],
  ])('%s is the same scenario', async (_, run) => {
    const { hash } = runScenario(evening(), belfry, { hash: true });
    expect((await run()).json().hash).toBe(hash);
  });

  test('--trace writes a line an entry, with its cause', async () => {
    const path = join(folder, 'trace.ndjson');
    expect((await sim(['run', 'evening', '--trace', path])).status).toBe(0);
    const entries = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const heard: unknown[] = [];
    runScenario(evening(), belfry, { onEntry: (entry) => heard.push(asJson(entry)) });
    expect(entries).toEqual(heard);
    expect(Object.keys(entries[0])).toEqual(['id', 'atMicros', 'kind', 'address', 'causeId', 'data']);
  });

  test('--fail-on-broken ends with 1 where a promise broke, and only there', async () => {
    const statusOf = async (probability: number, ...more: string[]) =>
      (await sim(['run', 'evening', '--set', `crackProbability=${probability}`, ...more])).status;
    expect(await statusOf(1)).toBe(0);
    expect(await statusOf(1, '--fail-on-broken')).toBe(1);
    expect(await statusOf(0, '--fail-on-broken')).toBe(0);
  });
});

describe('tell', () => {
  test('sentences in order with their time, then counts and promises', async () => {
    const { status, stdout } = await sim(['tell', 'evening', '--set', 'crackProbability=0']);
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('Evening bells · A belfry · seed 7');
    expect(lines).toContain('    4.000 s  bell-2 crashed');
    expect(lines).toContain('   20.000 s  The run ends.');
    expect(lines).toContain('  Heard  110');
    expect(lines).toContain('  kept    No bell cracks');
    expect(lines).toContain('  open    Everyone rings: the hour has not passed');
    const times = lines.filter((line) => / s {2}/.test(line)).map(Number.parseFloat);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.length).toBe(112);
  });

  test('a broken promise is told with its moment', async () => {
    const { stdout } = await sim(['tell', 'evening', '--set', 'crackProbability=1']);
    expect(stdout).toContain('  broken  No bell cracks at 0.100 s: a bell cracked\n');
  });
});

describe('sweep', () => {
  test('one line a run, in order of the seeds, with what was varied', async () => {
    const { status, stdout, stderr } = await sim(['sweep', 'evening', '--seeds', '3..5', '--vary', 'bells=2,4']);
    expect(status).toBe(0);
    expect(stderr).toBe('');
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ seed, vary }) => [seed, vary.bells])).toEqual([
      [3, 2],
      [3, 4],
      [4, 2],
      [4, 4],
      [5, 2],
      [5, 4],
    ]);
    const { promises, measures } = runScenario(evening({ seed: 4, parameters: { bells: 4 } }), belfry);
    expect(lines[3]).toMatchObject(asJson({ promises, measures, hash: null }) as object);
  });

  test('without --seeds it takes the scenario’s own', async () => {
    const { stdout } = await sim(['sweep', 'evening', '--vary', 'muffled=true,false']);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).seed),
    ).toEqual([7, 7]);
  });

  test('shards, one after another, print the whole', async () => {
    const line = ['sweep', 'evening', '--seeds', '1..7', '--until-ms', '2000', '--hash'];
    const whole = (await sim(line)).stdout;
    const shards = await Promise.all(
      ['1/3', '2/3', '3/3'].map(async (shard) => (await sim([...line, '--shard', shard])).stdout),
    );
    expect(shards.join('')).toBe(whole);
  });

  test('progress goes to a terminal only, and is wiped at the end', async () => {
    const { stderr } = await sim(['sweep', 'evening', '--seeds', '1..4', '--until-ms', '500'], { isTTY: true });
    expect(stderr).toContain('\r2 of 4 runs');
    expect(stderr.endsWith('\r\u001b[K')).toBe(true);
  });

  test('--fail-on-broken looks at every run', async () => {
    const line = ['sweep', 'evening', '--seeds', '1..2', '--fail-on-broken', '--vary'];
    expect((await sim([...line, 'crackProbability=1,0'])).status).toBe(1);
    expect((await sim([...line, 'crackProbability=0,0.0'])).status).toBe(2);
    expect((await sim([...line, 'crackProbability=0'])).status).toBe(0);
  });
});

describe('link and open', () => {
  test('a scenario becomes a link, and the link the scenario', async () => {
    const { stdout } = await sim(['link', 'evening', '--set', 'bells=5']);
    expect(stdout).toBe('#/play?s=evening&r=7&set=bells:5&e=1\n');
    const opened = await sim(['open', stdout.trim()]);
    expect(opened.stdout).toBe(exportScenario(evening({ parameters: { bells: 5 } }), belfry));
  });

  test('--base makes a whole address, which open takes too', async () => {
    const base = 'https://example.org/lockstep/';
    const { stdout } = await sim(['link', '-', '--base', base], { stdin: JSON.stringify(plainInput) });
    expect(stdout.startsWith(`${base}#/play?r=42&e=1&d=1.`)).toBe(true);
    expect((await sim(['open', stdout.trim()])).json()).toMatchObject(plainInput);
  });

  test('a link through link keeps what it shows', async () => {
    const link = '#/play?s=evening&r=7&t=5000&sel=bell-2&theme=dark&e=1';
    expect((await sim(['link', link])).stdout).toBe(`${link}\n`);
    expect((await sim(['link', link, '--until-ms', '4000'])).stdout).not.toContain('t=5000');
  });

  test('a long link says on stderr that a file is safer', async () => {
    const script = Array.from({ length: 1_500 }, (_, index) => ({
      atMs: index,
      do: 'pause',
      target: 'bell-1',
      forMs: ((index * 7919) % 4999) + 1,
    }));
    const { status, stdout, stderr } = await sim(['link', '-'], { stdin: JSON.stringify({ ...plainInput, script }) });
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(4_000);
    expect(stderr).toContain('A file is safer.');
  });

  test('a link from another engine opens with a notice on stderr', async () => {
    const { status, stderr } = await sim(['open', '#/play?s=evening&e=99']);
    expect(status).toBe(0);
    expect(stderr).toContain('a newer engine (99');
  });
});

describe('worlds', () => {
  test('the catalogue describes all that a scenario may speak of', async () => {
    const { status, json } = await sim(['worlds']);
    expect(status).toBe(0);
    const { worlds, presets } = json();
    expect(worlds).toHaveLength(1);
    expect(worlds[0].parameters).toEqual(asJson(belfry.parameters));
    expect(worlds[0].commands.map((command: { do: string }) => command.do)).toContain('strike');
    expect(worlds[0].commands[1]).toMatchObject({ do: 'crash', on: ['bell', 'tower'] });
    expect(worlds[0].promises.map(({ id }: { id: string }) => id)).toEqual(['noBellCracks', 'everyoneRings']);
    expect(worlds[0].measures[0]).toEqual({ id: 'heard', label: 'Heard', unit: 'count', window: 'run' });
    expect(presets.map(({ id }: { id: string }) => id)).toEqual(['evening', 'morning']);
  });
});

describe('help', () => {
  test.each([[[]], [['help']], [['--help']], [['run', '--help']]])('%j names every command', async (line) => {
    const { status, stdout } = await sim(line);
    expect(status).toBe(0);
    for (const name of ['worlds', 'run', 'tell', 'sweep', 'link', 'open']) expect(stdout).toContain(`\n  ${name}`);
  });
});

describe('bad input: one line on stderr, status 2, nothing on stdout', () => {
  const big = fileOf('big.json', '');
  truncateSync(big, 50_000_000);

  test.each<[readonly string[], string]>([
    [['rnu', 'evening'], 'there is no command "rnu". Did you mean run?'],
    [['search', 'evening'], 'search comes in a later version: expected another command, e.g. sweep'],
    [['run'], 'SCENARIO is missing: expected a scenario of the library, a JSON file, - for standard input, or a link'],
    [['open'], 'LINK is missing'],
    [['run', 'evening', 'morning'], 'there is more than one SCENARIO (evening or morning): expected one'],
    [
      ['run', 'evenin'],
      '"evenin" is neither a scenario of the library nor a file: expected either, a link, or - for standard input. Did you mean evening?',
    ],
    [['run', folder], `${folder} is a folder: expected a scenario's JSON file`],
    [['run', big], `${big} is 50000000 bytes long: expected a scenario of at most 1000000 characters`],
    [
      ['run', fileOf('half.json', '{"format": 1,')],
      'half.json, line 1, column 14: the text ends here: expected a key in double quotes',
    ],
    [['run', fileOf('deep.json', '['.repeat(10_000))], 'it is nested more than 32 deep: expected less'],
    [['run', fileOf('proto.json', '{"__proto__": {}}')], 'the key "__proto__" is not allowed'],
    [['run', fileOf('empty.json', '')], 'empty.json, line 1, column 1: it is empty: expected JSON'],
    [['run', '#/play?s=evening&r=x'], 'the link\'s r (seed) is "x": expected a whole number from 0 to 4294967295'],
    [['run', '%23/play%3Fs=nosuch'], 'there is no scenario "nosuch" in the library'],
    [['run', 'evening', '--sed', '1'], 'run has no option "--sed". Did you mean --seed?'],
    [['tell', 'evening', '--hash'], 'tell has no option "--hash": expected --seed, --until-ms or --set'],
    [['run', 'evening', '--seed'], '--seed has no value: expected one after it'],
    [['run', 'evening', '--seed', '1', '--seed', '2'], '--seed stands twice: expected it once'],
    [['run', 'evening', '--seed', '-1'], '--seed is "-1": expected a whole number from 0 to 4294967295'],
    [['run', 'evening', '--seed=1e3'], '--seed is "1e3": expected a whole number from 0 to 4294967295'],
    [['run', 'evening', '--until-ms', '3600001'], '--until-ms is "3600001": expected a whole number from 1 to 3600000'],
    [['run', 'evening', '--set'], '--set has no value: expected name=value after it'],
    [['run', 'evening', '--set', 'bells'], '--set is "bells": expected name=value'],
    [['run', 'evening', '--set', 'bells=1', 'bells=2'], '--set names bells twice: expected it once'],
    [
      ['run', 'evening', '--set', 'bels=1'],
      '--set: there is no parameter "bels" in the world belfry. Did you mean bells?',
    ],
    [
      ['run', 'evening', '--set', 'crackProbability=NaN'],
      '--set: parameter crackProbability is "NaN": expected a number from 0 to 1',
    ],
    [['run', 'evening', '--set', 'bells=150'], 'the parameters make 151 processes: expected at most 128'],
    [['run', 'evening', '--hash=yes'], '--hash is "yes": expected nothing after it'],
    [
      ['run', 'evening', '--trace', folder],
      `--trace: ${folder} can't be written (EISDIR): expected the path of a file`,
    ],
    [
      ['sweep', 'evening', '--seeds', '5..1'],
      '--seeds is "5..1": expected first..last, each from 0 to 4294967295, e.g. 1..1000',
    ],
    [['sweep', 'evening', '--seeds', '1-5'], '--seeds is "1-5": expected first..last'],
    [['sweep', 'evening', '--seeds', '0..4294967295'], 'the sweep has 4294967296 runs: expected at most 1000000'],
    [['sweep', 'evening', '--shard', '5/4'], '--shard is "5/4": expected part/parts, e.g. 1/4'],
    [
      ['sweep', 'evening', '--vary', 'bells=1,x'],
      '--vary: parameter bells is "x": expected a whole number from 1 to 200',
    ],
    [['sweep', 'evening', '--vary', 'bells=1,1'], '--vary: parameter bells takes 1 twice: expected different values'],
    [
      ['link', 'evening', '--base', 'example.org'],
      '--base is "example.org": expected an address such as https://example.org/lockstep/',
    ],
    [['worlds', 'all'], 'worlds takes nothing after it: expected it alone'],
  ])('%j', async (line, sentence) => {
    const { status, stdout, stderr } = await sim(line);
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^[^\n]+\n$/);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('standard input that never ends is not read to its end', async () => {
    let given = 0;
    function* zeros() {
      for (;;) {
        given += 1;
        yield Buffer.alloc(1_000_000, 0x20);
      }
    }
    let stderr = '';
    const stdout = { write: () => true, once: () => {} };
    const status = await main(['run', '-'], {
      catalogue: fakeCatalogue,
      stdin: Readable.from(zeros()),
      stdout,
      stderr: {
        ...stdout,
        write(text: string) {
          stderr += text;
          return true;
        },
      },
    });
    expect([status, stderr]).toEqual([
      2,
      'standard input is too large: expected a scenario of at most 1000000 characters\n',
    ]);
    expect(given).toBeLessThan(30);
  });

  test('bytes that are no text', async () => {
    const path = join(folder, 'bytes.json');
    writeFileSync(path, Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    const { status, stderr } = await sim(['run', path]);
    expect([status, stderr]).toEqual([2, `${path} is not text in UTF-8: expected a scenario in JSON, or a link\n`]);
  });
});
