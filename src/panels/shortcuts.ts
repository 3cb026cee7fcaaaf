import type { HelpSection } from '../ui/index.ts';

/** What a key can do in the playground. */
export type ShortcutId =
  | 'playPause'
  | 'killLeader'
  | 'stepForward'
  | 'stepBack'
  | 'nextMoment'
  | 'momentBefore'
  | 'aLittleForward'
  | 'aLittleBack'
  | 'restart'
  | 'live'
  | 'slower'
  | 'faster'
  | 'fullscreen'
  | 'qr'
  | 'share';

/** One row of the action table. Keys are named by their place (`event.code`), so that they hold on every keyboard layout. */
export type Shortcut = {
  readonly id: ShortcutId;
  readonly codes: readonly string[];
  readonly shift?: true;
  /** Only together with Alt; works also where single letters are switched off. */
  readonly alt?: true;
  readonly keys: readonly string[];
  readonly what: string;
};

/** The action table, in the order of the page. The handler and the sheet that `?` opens are made from it. */
export const shortcuts: readonly Shortcut[] = [
  { id: 'playPause', codes: ['Space'], keys: ['Space'], what: 'Play and pause' },
  { id: 'killLeader', codes: ['KeyK'], keys: ['K'], what: 'Kill the leader; play and pause where there is none' },
  { id: 'playPause', codes: ['KeyK'], alt: true, keys: ['Alt', 'K'], what: 'Play and pause, from anywhere' },
  { id: 'stepForward', codes: ['ArrowRight'], keys: ['→'], what: 'Next event' },
  { id: 'stepBack', codes: ['ArrowLeft'], keys: ['←'], what: 'Event before' },
  { id: 'aLittleForward', codes: ['ArrowRight'], shift: true, keys: ['Shift', '→'], what: '100 ms forward' },
  { id: 'aLittleBack', codes: ['ArrowLeft'], shift: true, keys: ['Shift', '←'], what: '100 ms back' },
  { id: 'nextMoment', codes: ['KeyN'], keys: ['N'], what: 'Next moment worth a look (where servers elect a leader)' },
  { id: 'momentBefore', codes: ['KeyN'], shift: true, keys: ['Shift', 'N'], what: 'The one before' },
  { id: 'slower', codes: ['Comma'], keys: [','], what: 'Slower' },
  { id: 'faster', codes: ['Period'], keys: ['.'], what: 'Faster' },
  { id: 'restart', codes: ['KeyR'], keys: ['R'], what: 'Start the run again' },
  { id: 'live', codes: ['KeyL'], keys: ['L'], what: 'To where the run has come (live)' },
  { id: 'fullscreen', codes: ['KeyF'], keys: ['F'], what: 'Full screen' },
  { id: 'qr', codes: ['KeyQ'], keys: ['Q'], what: 'QR code of this scenario' },
  { id: 'share', codes: ['KeyS'], keys: ['S'], what: 'Share' },
];

export const shortcutHelp: HelpSection = {
  title: 'In the playground',
  rows: shortcuts.map(({ keys, what }) => ({ keys, what })),
};

export type KeyPress = Pick<KeyboardEvent, 'code' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target'>;

/** Fields in which one types. Who has just moved a slider or ticked a box still means the page. */
const FIELDS =
  'input:not([type="range"],[type="radio"],[type="checkbox"]),textarea,select,[contenteditable=""],[contenteditable="true"]';
/** Things that use the arrows themselves. */
const OWN_ARROWS =
  'input,[role="tab"],[role^="menuitem"],[role="slider"],[role="separator"],[role="radio"],[data-own-arrows]';
/** Things that Space presses. */
const OWN_SPACE = 'input,button,a[href],summary,[role="button"],[role="tab"],[role^="menuitem"],[role="switch"]';

/**
 * What a key press means, undefined where it belongs to someone else: to a field in which one types, to a button that has
 * the focus, to the browser. `singleKeys: false` leaves only the keys with Alt (WCAG 2.1.4).
 */
export function shortcutOf(press: KeyPress, singleKeys = true): ShortcutId | undefined {
  if (press.ctrlKey || press.metaKey) return undefined;
  const found = shortcuts.find(
    ({ codes, shift, alt }) =>
      codes.includes(press.code) && press.altKey === (alt === true) && press.shiftKey === (shift === true),
  );
  if (found === undefined || (!singleKeys && found.alt === undefined)) return undefined;
  if (found.alt === undefined && belongsToTarget(press)) return undefined;
  return found.id;
}

function belongsToTarget({ target, code }: KeyPress): boolean {
  if (!(target instanceof Element)) return false;
  if (target.closest(FIELDS) || target.closest('dialog[open]')) return true;
  if (code === 'Space') return target.closest(OWN_SPACE) !== null;
  if (code.startsWith('Arrow')) return target.closest(OWN_ARROWS) !== null;
  return false;
}
