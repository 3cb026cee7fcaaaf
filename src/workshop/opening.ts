import { panelsOf } from '../panels/registry.tsx';
import type { OpenedLink } from '../scenarios/linkForm.ts';
import { isPacked, openSplitLink, splitLink, worldOfLink } from '../scenarios/linkForm.ts';
import { accept, oneOf, refuse, show } from '../scenarios/sentences.ts';
import type { Checked } from '../scenarios/types.ts';
import type { Arrival } from '../ui/index.ts';
import { arrivalOf, worldOf } from './catalogues.ts';
import { packing } from './packing.ts';

/** What a link opens, or what must come before that can be said. */
export type Opening = Checked<OpenedLink> | { readonly ok?: undefined; readonly missing: Arrival<unknown> };

/** Opens a link as far as its parts are here: what unpacks it, and the world that it speaks of. */
export function openLink(text: string): Opening {
  const link = splitLink(text);
  if (!link.ok) return link;
  const unpacking = packing.here();
  if (isPacked(link.value) && unpacking === undefined) return { missing: packing };
  const content = isPacked(link.value) ? unpacking!.unpackLink(link.value) : accept(undefined);
  if (!content.ok) return content;
  const world = worldOfLink(link.value, content.value);
  if (!world.ok) return world;
  const coming = arrivalOf(world.value)!;
  const catalogue = coming.here();
  if (catalogue === undefined) return { missing: coming };
  return withKnownPanel(openSplitLink(link.value, content.value, catalogue));
}

/** Which panels there are is the room's to know, so the link's reader leaves that to us. */
function withKnownPanel(opened: Checked<OpenedLink>): Checked<OpenedLink> {
  if (!opened.ok || opened.value.view.panel === undefined) return opened;
  const { panel } = opened.value.view;
  const world = worldOf(opened.value.scenario.world);
  const ids = world === undefined ? [] : panelsOf(world).map(({ id }) => id);
  if (ids.includes(panel)) return opened;
  return refuse('p', `the link's p (panel) is ${show(panel)}: expected ${oneOf(ids, ids.length)}`);
}
