import { shortcutHelp, shortcutOf } from '../panels/shortcuts.ts';
import { performTransport } from '../panels/transportKeys.ts';
import type { Session } from '../playback/session.ts';

/** What the room does, beside the transport. */
export type RoomDeeds = { readonly share: () => void; readonly qr: () => void; readonly fullscreen: () => void };

export { shortcutHelp };

/** Does what a key press means, and keeps the browser from doing something else. */
export function hearKey(event: KeyboardEvent, session: Session, room: RoomDeeds, singleKeys: boolean): void {
  if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
  const id = shortcutOf(event, singleKeys);
  if (id === undefined) return;
  event.preventDefault();
  if (performTransport(session, id)) return;
  if (id === 'share') room.share();
  else if (id === 'qr') room.qr();
  else if (id === 'fullscreen') room.fullscreen();
}
