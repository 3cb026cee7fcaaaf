import type { Catalogue } from './catalogue.ts';
import { isPacked, type OpenedLink, openSplitLink, splitLink } from './linkForm.ts';
import { unpackLink } from './linkPacking.ts';
import { accept } from './sentences.ts';
import type { Checked } from './types.ts';

export {
  LINK_CHARACTERS_MOST,
  type LinkClass,
  type LinkView,
  linkClass,
  type OpenedLink,
  readLooks,
  THEMES,
} from './linkForm.ts';
export { writeLink } from './linkPacking.ts';

/**
 * What a link opens: a fragment from `#/`, or a whole address; also where a program encoded it once or twice on the way.
 * Never throws; every bad link comes back as one sentence, and nothing is clamped or guessed. This is for the terminal
 * and the tests, where all worlds are at hand. The page takes the steps of `linkForm.ts` one by one, so that it loads
 * what unpacks a blob, and the world, only when a link speaks of them.
 */
export function readLink(text: unknown, catalogue: Catalogue): Checked<OpenedLink> {
  const link = splitLink(text);
  if (!link.ok) return link;
  const content = isPacked(link.value) ? unpackLink(link.value) : accept(undefined);
  return content.ok ? openSplitLink(link.value, content.value, catalogue) : content;
}
