import type { Catalogue } from './catalogue.ts';
import {
  isPacked,
  type LinkView,
  type OpenedLink,
  openSplitLink,
  splitLink,
  unpackLink,
  writeLongLink,
  writeShortLink,
} from './linkForm.ts';
import { packing } from './packing.ts';
import { accept } from './sentences.ts';
import type { Checked, Scenario } from './types.ts';

export { LINK_CHARACTERS_MOST, type LinkClass, linkClass, readLooks, THEMES } from './linkForm.ts';
export type { LinkView, OpenedLink };

/*
 * Links at once, where everything is at hand: the terminal and the tests. The page takes the steps of `linkForm.ts` one
 * by one, so that it loads what unpacks a blob, and the world, only when a link speaks of them.
 */

/**
 * The link to a scenario, from `#/`. Readable where it is a preset with at most three deeds and three changed parameters,
 * otherwise with one checked blob. The scenario must be one that `checkScenario` gave.
 */
export function writeLink(scenario: Scenario, view: LinkView, catalogue: Catalogue): string {
  return writeShortLink(scenario, view, catalogue) ?? writeLongLink(scenario, view, catalogue, packing);
}

/**
 * What a link opens: a fragment from `#/`, or a whole address; also where a program encoded it once or twice on the way.
 * Never throws; every bad link comes back as one sentence, and nothing is clamped or guessed.
 */
export function readLink(text: unknown, catalogue: Catalogue): Checked<OpenedLink> {
  const link = splitLink(text);
  if (!link.ok) return link;
  const content = isPacked(link.value) ? unpackLink(link.value, packing) : accept(undefined);
  return content.ok ? openSplitLink(link.value, content.value, catalogue) : content;
}
