import { useEffect } from 'react';
import { performTransport } from '../panels/playing.ts';
import { shortcutHelp, shortcutOf } from '../panels/shortcuts.ts';
import type { Session } from '../playback/session.ts';
import { useHelpSection } from '../ui/index.ts';
import { readStored, store } from './storage.ts';

const KEY = 'lockstep.singleKeys';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Whether single letters are keys; who dictates or types with one hand can switch them off (WCAG 2.1.4). */
export const hasSingleKeys = (): boolean => readStored(KEY, isFlag) ?? true;
export const keepSingleKeys = (are: boolean): boolean => store(KEY, are ? undefined : false);

/** Binds the action table to the window as long as the room is there. */
export function useKeys(
  session: Session,
  others: { readonly share: () => void; readonly qr: () => void; readonly fullscreen: () => void },
): void {
  useHelpSection(shortcutHelp);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
      const id = shortcutOf(event, hasSingleKeys());
      if (id === undefined) return;
      event.preventDefault();
      if (performTransport(session, id)) return;
      if (id === 'share') others.share();
      else if (id === 'qr') others.qr();
      else if (id === 'fullscreen') others.fullscreen();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [session, others]);
}
