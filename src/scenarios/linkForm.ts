import { isAddress } from './addresses.ts';
import { type Catalogue, findPreset, findWorld } from './catalogue.ts';
import { mergeScripts, readDeeds, readParameters } from './deeds.ts';
import { ENGINE } from './engine.ts';
import type { JsonObject } from './json.ts';
import { worldNamedBy, worldOfInput } from './namedWorld.ts';
import { checkScenario } from './schema.ts';
import { accept, didYouMean, oneOf, refuse, show } from './sentences.ts';
import { SEED_MOST } from './shape.ts';
import type { Checked, Scenario, World } from './types.ts';

/** Characters of a link that are read at all. */
export const LINK_CHARACTERS_MOST = 20_000;

export const THEMES = ['light', 'dark', 'projector'] as const;

/** What only the view needs: the moment, what is selected, the open panel, the looks. */
export type LinkView = {
  readonly viewMs?: number;
  readonly selection?:
    | { readonly kind: 'address'; readonly id: string }
    | { readonly kind: 'item'; readonly id: number };
  readonly panel?: string;
  readonly theme?: (typeof THEMES)[number];
  readonly ui?: string;
  /** Notes for who leads the workshop. */
  readonly notes?: true;
};

/** What a link opens. `notice` is one sentence for the visitor where the link comes from another engine. */
export type OpenedLink = {
  readonly scenario: Scenario;
  readonly view: LinkView;
  readonly engine: number;
  readonly notice?: string;
};

/** What a link of this many characters, address included, is good for. */
export type LinkClass = 'qr' | 'chat' | 'long' | 'file';

/** A QR code for the projector · what chat programs leave whole · at one's own risk · better a file. */
export function linkClass(characters: number): LinkClass {
  if (characters <= 150) return 'qr';
  if (characters <= 1_800) return 'chat';
  if (characters <= 4_000) return 'long';
  return 'file';
}

const RUN_KEYS = ['s', 'r', 'until', 'set', 'do'] as const;
const VIEW_KEYS = ['t', 'sel', 'p', 'theme', 'ui', 'notes'] as const;
const KEYS: readonly string[] = [...RUN_KEYS, ...VIEW_KEYS, 'e', 'd'];

/** The keys that `#/?…` may carry too. */
const LOOK_KEYS: readonly string[] = ['theme', 'ui', 'notes'];

/** A link taken into its keys: all that can be said of it before its blob is unpacked and its world is at hand. */
export type SplitLink = { readonly keys: ReadonlyMap<string, string>; readonly engine: number };

/** Takes a link apart; also where a program encoded it once or twice on the way. */
export function splitLink(text: unknown): Checked<SplitLink> {
  if (typeof text !== 'string') return refuse('link', `the link is ${show(text)}: expected text`);
  if (text.length > LINK_CHARACTERS_MOST) {
    return refuse('link', `the link is ${text.length} characters long: expected at most ${LINK_CHARACTERS_MOST}`);
  }
  const query = queryOf(text);
  if (!query.ok) return query;
  const split = splitQuery(query.value, KEYS);
  if (!split.ok) return split;
  const keys = split.value;
  const engine = readEngine(keys);
  return engine.ok ? accept({ keys, engine: engine.value }) : engine;
}

/** Whether a link has a blob, so that it must be unpacked. */
export const isPacked = ({ keys }: SplitLink): boolean => keys.has('d');

/** Which world a link speaks of. `content` is what `unpackLink` (`linkPacking.ts`) gave, undefined for the short form. */
export function worldOfLink({ keys }: SplitLink, content: JsonObject | undefined): Checked<string> {
  if (content !== undefined) {
    const world = worldOfInput(content);
    return world.ok ? world : refuse('link', `in the link, ${world.problem.sentence}`);
  }
  const s = keys.get('s');
  if (s === undefined) return refuseNameless();
  const world = worldNamedBy({ preset: s });
  return world.ok ? world : refuse('s', `the link's s: ${world.problem.sentence}`);
}

/** What a link opens, with its world at hand. */
export function openSplitLink(
  { keys, engine }: SplitLink,
  content: JsonObject | undefined,
  catalogue: Catalogue,
): Checked<OpenedLink> {
  const input = content === undefined ? readReadableForm(keys, catalogue) : accept(content);
  if (!input.ok) return input;
  const scenario = checkScenario(input.value, catalogue);
  if (!scenario.ok) return refuse('link', `in the link, ${scenario.problem.sentence}`);
  const world = findWorld(catalogue, scenario.value.world);
  if (!world.ok) return world;
  const view = readView(keys, { world: world.value, untilMs: scenario.value.untilMs });
  if (!view.ok) return view;
  const notice = noticeOf(engine);
  return accept({ scenario: scenario.value, view: view.value, engine, ...(notice && { notice }) });
}

/** The looks that the front door's address may carry: the part of `#/?theme=projector` after the question mark. */
export function readLooks(query: string): Checked<LinkView> {
  if (query === '') return accept({});
  const split = splitQuery(query.slice(0, LINK_CHARACTERS_MOST), LOOK_KEYS);
  return split.ok ? readView(split.value) : split;
}

/** Our links hold no `%`: where there is one, a program put it there, and it is taken out again. */
const DECODED_MOST = 3;

function queryOf(text: string): Checked<string> {
  let rest = text.trim().replaceAll('&amp;', '&');
  if (rest.includes('#')) rest = rest.slice(rest.indexOf('#'));
  for (let round = 0; round < DECODED_MOST && rest.includes('%'); round++) {
    try {
      rest = decodeURIComponent(rest);
    } catch {
      return refuse('link', 'the link was damaged on the way: it holds a % that encodes nothing. Copy it again');
    }
  }
  const start = rest.indexOf('#');
  const path = start < 0 ? '' : rest.slice(start);
  const form = /^#\/play(?:\?(.*))?$/s.exec(path);
  if (form === null) return refuse('link', `this is no link to a scenario: expected ${EXAMPLE}`);
  const query = form[1] ?? '';
  if (query === '') return refuse('link', `the link ends where the scenario should be named: expected ${EXAMPLE}`);
  return accept(query);
}

const EXAMPLE = '#/play?s=<scenario>&r=<seed> …';

function splitQuery(query: string, known: readonly string[]): Checked<ReadonlyMap<string, string>> {
  const keys = new Map<string, string>();
  for (const part of query.split('&')) {
    const equals = part.indexOf('=');
    const key = equals < 0 ? part : part.slice(0, equals);
    if (!known.includes(key)) {
      const guess = key.length > 1 ? didYouMean(key, known) : '';
      return refuse('link', `the link has the unknown key ${show(key)}: expected ${oneOf(known, 20)}${guess}`);
    }
    if (equals < 0 || equals === part.length - 1) {
      return refuse(key, `the link's ${key} has no value: the link may have been cut off. Copy it again`);
    }
    if (keys.has(key)) return refuse(key, `the link names ${key} twice: expected it once`);
    if (keys.has('d')) return refuse(key, `the link has ${key} after d: expected d to come last. Copy it again`);
    keys.set(key, part.slice(equals + 1));
  }
  return accept(keys);
}

function readEngine(keys: ReadonlyMap<string, string>): Checked<number> {
  const text = keys.get('e');
  if (text === undefined) return accept(ENGINE);
  if (/^[1-9][0-9]{0,5}$/.test(text)) return accept(Number(text));
  return refuse('e', `the link's e (engine) is ${show(text)}: expected a whole number from 1`);
}

function noticeOf(engine: number): string | undefined {
  if (engine === ENGINE) return undefined;
  const age = engine > ENGINE ? 'a newer' : 'an older';
  return `This link was made with ${age} engine (${engine}; here runs ${ENGINE}). What you see may differ from what was sent.`;
}

/** The seed of a link, undefined where it names none. */
export function readSeed(keys: ReadonlyMap<string, string>): Checked<number | undefined> {
  const text = keys.get('r');
  if (text === undefined) return accept(undefined);
  if (/^(?:0|[1-9][0-9]{0,9})$/.test(text) && Number(text) <= SEED_MOST) return accept(Number(text));
  return refuse('r', `the link's r (seed) is ${show(text)}: expected a whole number from 0 to ${SEED_MOST}`);
}

const refuseNameless = () => refuse('s', `the link names no scenario: expected ${EXAMPLE}`);

function readReadableForm(keys: ReadonlyMap<string, string>, catalogue: Catalogue): Checked<JsonObject> {
  const s = keys.get('s');
  if (s === undefined) return refuseNameless();
  const preset = findPreset(catalogue, s);
  if (!preset.ok) return refuse('s', `the link's s: ${preset.problem.sentence}`);
  const world = findWorld(catalogue, preset.value.world);
  if (!world.ok) return world;
  const seed = readSeed(keys);
  if (!seed.ok) return seed;
  const until = keys.get('until');
  if (until !== undefined && !MS.test(until))
    return refuse('until', `the link's until is ${show(until)}: expected milliseconds`);
  const set = keys.get('set');
  const parameters = set === undefined ? accept({}) : readParameters(world.value, set);
  if (!parameters.ok) return parameters;
  const done = keys.get('do');
  const deeds = done === undefined ? accept([]) : readDeeds(world.value, done);
  if (!deeds.ok) return deeds;
  return accept({
    format: 1,
    preset: s,
    ...(seed.value !== undefined && { seed: seed.value }),
    ...(until !== undefined && { untilMs: Number(until) }),
    parameters: parameters.value,
    script: mergeScripts<JsonObject>(preset.value.script as readonly JsonObject[], deeds.value),
  });
}

const MS = /^[0-9]{1,10}(?:\.[0-9]{1,3})?$/;
const ID = /^[A-Za-z][A-Za-z0-9-]{0,39}$/;

function readView(keys: ReadonlyMap<string, string>, run?: { world: World; untilMs: number }): Checked<LinkView> {
  const view: { -readonly [K in keyof LinkView]: LinkView[K] } = {};
  for (const key of VIEW_KEYS) {
    const text = keys.get(key);
    if (text === undefined) continue;
    const refused = (expected: string) => refuse(key, `the link's ${key} is ${show(text)}: expected ${expected}`);
    switch (key) {
      case 't': {
        const untilMs = run?.untilMs ?? 0;
        if (!MS.test(text) || Number(text) > untilMs)
          return refused(`milliseconds from 0 to ${untilMs}, the end of the run`);
        view.viewMs = Number(text);
        break;
      }
      case 'sel':
        if (/^[1-9][0-9]{0,8}$/.test(text)) view.selection = { kind: 'item', id: Number(text) };
        else if (run !== undefined && isAddress(run.world, text)) view.selection = { kind: 'address', id: text };
        else return refused('an address such as worker-2, or the number of an item');
        break;
      case 'p':
        if (!ID.test(text)) return refused('the name of a panel');
        view.panel = text;
        break;
      case 'theme': {
        const theme = THEMES.find((candidate) => candidate === text);
        if (theme === undefined) return refused(oneOf(THEMES));
        view.theme = theme;
        break;
      }
      case 'ui':
        if (!ID.test(text)) return refused('a short name');
        view.ui = text;
        break;
      case 'notes':
        if (text !== '1') return refused('1');
        view.notes = true;
        break;
    }
  }
  return accept(view);
}
