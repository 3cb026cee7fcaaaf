import { useEffect, useState } from 'react';
import type { Session } from '../playback/session.ts';
import { arrival, useHelpSection } from '../ui/index.ts';
import type { RoomDeeds } from './keyboard.ts';
import { readStored, store } from './storage.ts';

const KEY = 'lockstep.singleKeys';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** Whether single letters are keys; who dictates or types with one hand can switch them off (WCAG 2.1.4). */
export const hasSingleKeys = (): boolean => readStored(KEY, isFlag) ?? true;
export const keepSingleKeys = (are: boolean): boolean => store(KEY, are ? undefined : false);

/** What the keys mean: no part of the first load, and fetched as soon as the room's own code is here. */
export const keyboard = arrival(
  'the keyboard',
  () => import('./keyboard.ts'),
  (module) => module,
);
// What could not be fetched is said in the footer, and the next press fetches it again.
keyboard.load().catch(() => {});

/** Binds the action table to the window as long as the room is there. A press that comes before the table is done with it. */
export function useKeys(session: Session, room: RoomDeeds): void {
  const [help, setHelp] = useState(keyboard.here()?.shortcutHelp);
  useHelpSection(help);
  useEffect(() => {
    let isGone = false;
    const hear = (event?: KeyboardEvent) => {
      const here = keyboard.here();
      if (here === undefined)
        keyboard.load().then(
          () => !isGone && hear(event),
          () => {},
        );
      else {
        setHelp(here.shortcutHelp);
        if (event !== undefined) here.hearKey(event, session, room, hasSingleKeys());
      }
    };
    hear();
    window.addEventListener('keydown', hear);
    return () => {
      isGone = true;
      window.removeEventListener('keydown', hear);
    };
  }, [session, room]);
}
