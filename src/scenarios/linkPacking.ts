import type { Json } from '../kernel/types.ts';
import { decodeBlob, encodeBlob } from './blob.ts';
import { canonicalScenario } from './canonical.ts';
import { type Catalogue, findWorld, presetOf } from './catalogue.ts';
import { addedTo, writeDeeds, writeParameters } from './deedWriting.ts';
import { ENGINE } from './engine.ts';
import type { JsonObject } from './json.ts';
import { type LinkView, openSplitLink, readSeed, type SplitLink, splitLink } from './linkForm.ts';
import { diffFromPreset, isSameScenario } from './scenario.ts';
import { accept, refuse } from './sentences.ts';
import type { Checked, Scenario, World } from './types.ts';

/*
 * What a page needs of links only after its first picture: blobs, and writing. It loads this on its own.
 */

/** Deeds, and changed parameters, that the short form holds; with more, one blob is shorter and safer. */
const READABLE_MOST = 3;

/**
 * The link to a scenario, from `#/`. Readable where it is a preset with at most three deeds and three changed parameters,
 * otherwise with one checked blob. The scenario must be one that `checkScenario` gave.
 */
export function writeLink(scenario: Scenario, view: LinkView, catalogue: Catalogue): string {
  return readableLink(scenario, view, catalogue) ?? blobLink(scenario, view, catalogue);
}

function readableLink(scenario: Scenario, view: LinkView, catalogue: Catalogue): string | undefined {
  const preset = presetOf(catalogue, scenario);
  const world = findWorld(catalogue, scenario.world);
  if (preset === undefined || !world.ok) return undefined;
  const { untilMs, parameters = {}, script, ...rest } = diffFromPreset(scenario, preset);
  const deeds = script === undefined ? [] : addedTo(preset.script, scenario.script);
  const changed = parameters as { readonly [name: string]: Json };
  if (Object.keys(rest).length > 0 || deeds === undefined) return undefined;
  if (deeds.length > READABLE_MOST || Object.keys(changed).length > READABLE_MOST) return undefined;
  const set = writeParameters(world.value, changed);
  const done = writeDeeds(world.value, deeds);
  if (set === undefined || done === undefined) return undefined;
  const link = fragment([
    ['s', scenario.preset],
    ['r', String(scenario.seed)],
    ['until', untilMs === undefined ? undefined : String(untilMs)],
    ['set', set],
    ['do', done],
    ...viewParts(view),
    ['e', String(ENGINE)],
  ]);
  // The short form is written only where it comes back as the very same scenario.
  const split = splitLink(link);
  const back = split.ok ? openSplitLink(split.value, undefined, catalogue) : split;
  return back.ok && isSameScenario(back.value.scenario, scenario) ? link : undefined;
}

function blobLink(scenario: Scenario, view: LinkView, catalogue: Catalogue): string {
  const preset = presetOf(catalogue, scenario);
  const world = findWorld(catalogue, scenario.world);
  const s = preset?.preset ?? '';
  const r = String(scenario.seed);
  const e = String(ENGINE);
  const content = preset === undefined ? withoutPreset(scenario, world) : diffFromPreset(scenario, preset);
  const parts: readonly Part[] = [
    ['s', s],
    ['r', r],
    ...viewParts(view),
    ['e', e],
    ['d', encodeBlob(content, `${e}|${s}|${r}`)],
  ];
  return fragment(parts);
}

function withoutPreset(scenario: Scenario, world: Checked<World>): JsonObject {
  const ordered = world.ok ? canonicalScenario(scenario, world.value) : scenario;
  const { format: _, preset: __, seed: ___, ...rest } = ordered;
  return rest as unknown as JsonObject;
}

type Part = readonly [key: string, value: string | undefined];

function fragment(parts: readonly Part[]): string {
  const written = parts
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${value}`);
  return `#/play?${written.join('&')}`;
}

function viewParts(view: LinkView): readonly Part[] {
  return [
    ['t', view.viewMs === undefined ? undefined : String(view.viewMs)],
    ['sel', view.selection === undefined ? undefined : String(view.selection.id)],
    ['p', view.panel],
    ['theme', view.theme],
    ['ui', view.ui],
    ['notes', view.notes === true ? '1' : undefined],
  ];
}

/** The scenario's data from a link with a blob, not yet checked. */
export function unpackLink({ keys }: SplitLink): Checked<JsonObject> {
  for (const key of ['until', 'set', 'do']) {
    if (keys.has(key))
      return refuse(key, `the link has ${key} beside d: expected only one of them, for d holds it already`);
  }
  const covered = ['e', 's', 'r'].map((key) => keys.get(key) ?? '').join('|');
  const content = decodeBlob(keys.get('d')!, covered);
  if (!content.ok) return content;
  for (const key of ['format', 'preset', 'seed']) {
    if (Object.hasOwn(content.value, key))
      return refuse('d', `the link's d holds ${key}: expected it outside, as s or r`);
  }
  const seed = readSeed(keys);
  if (!seed.ok) return seed;
  if (seed.value === undefined) return refuse('r', 'the link has d but no r (seed): expected a whole number');
  const preset = keys.get('s');
  return accept({ format: 1, ...(preset !== undefined && { preset }), seed: seed.value, ...content.value });
}
