import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button, type ButtonLook } from './Button.tsx';
import { cx } from './cx.ts';
import styles from './Menu.module.css';
import type { Side } from './placement.ts';
import { type Anchor, topLayer, useFloating } from './useFloating.ts';

export type MenuItem = {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** One short sentence below the label. */
  readonly sentence?: string;
  readonly danger?: boolean;
  /** Why it can't be chosen now. It stays in the list, so that one learns that it exists. */
  readonly disabledBecause?: string;
  /** One of several is on: shown with a mark. */
  readonly checked?: boolean;
  readonly onSelect: () => void;
};

export type MenuProps = {
  /** What the menu is about: "Worker 2". */
  readonly label: string;
  /** Shown above the items as well. */
  readonly showLabel?: boolean;
  readonly items: readonly (MenuItem | 'line')[];
  /** What it must not cover: an element, or a rectangle in the window (a point has no size). */
  readonly anchor: Anchor;
  /** The sides to try, in order; right, left, below, above unless told. */
  readonly sides?: readonly Side[];
  /** Called on Esc, on an outside press, and before the chosen item's `onSelect`. */
  readonly onClose: () => void;
};

const BESIDE: readonly Side[] = ['right', 'left', 'below', 'above'];
const UNDER: readonly Side[] = ['below', 'above', 'right', 'left'];

/** A menu after the ARIA pattern, also as a context menu. It stands beside what it is about; the focus returns when it closes. */
export function Menu({ label, showLabel, items, anchor, sides = BESIDE, onClose }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const { place, giveBackFocus } = useFloating(list, anchor, sides, onClose);
  const typed = useRef({ text: '', at: 0 });

  const rows = () => [...(list.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
  const focusAt = (index: number) => {
    const all = rows();
    all[(index + all.length) % all.length]?.focus();
  };

  const placed = place !== undefined;
  // Once, as soon as it stands in its place.
  useEffect(() => {
    if (placed)
      focusAt(
        Math.max(
          0,
          rows().findIndex((row) => row.getAttribute('aria-checked') === 'true'),
        ),
      );
  }, [placed]);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = rows();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      focusAt(target);
    } else if (event.key === 'Tab') {
      event.preventDefault();
      onClose();
      giveBackFocus();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey) {
      const fresh = event.timeStamp - typed.current.at > 700;
      typed.current = { text: (fresh ? '' : typed.current.text) + event.key.toLowerCase(), at: event.timeStamp };
      const found = all.find((row) => row.textContent?.trim().toLowerCase().startsWith(typed.current.text));
      found?.focus();
    }
  };

  const choose = (item: MenuItem) => {
    if (item.disabledBecause !== undefined) return;
    onClose();
    giveBackFocus();
    item.onSelect();
  };

  return (
    <div
      ref={list}
      className={styles.menu}
      popover={topLayer}
      role="menu"
      aria-label={label}
      style={place ? { left: place.left, top: place.top, maxHeight: place.maxHeight } : { visibility: 'hidden' }}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      {showLabel && (
        <div className={styles.title} role="presentation">
          {label}
        </div>
      )}
      {items.map((item, index) =>
        item === 'line' ? (
          <hr key={`line-${index}`} className={styles.line} />
        ) : (
          // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is set only where the role is menuitemradio
          <button
            key={item.id}
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.checked}
            aria-labelledby={`${id}-${item.id}`}
            aria-describedby={(item.disabledBecause ?? item.sentence) ? `${id}-${item.id}-about` : undefined}
            aria-disabled={item.disabledBecause !== undefined || undefined}
            tabIndex={-1}
            className={cx(styles.item, item.danger && styles.danger)}
            onClick={() => choose(item)}
          >
            <span className={styles.icon}>{item.icon}</span>
            <span className={styles.words}>
              <span id={`${id}-${item.id}`}>{item.label}</span>
              {(item.disabledBecause ?? item.sentence) && (
                <span id={`${id}-${item.id}-about`} className={styles.sentence}>
                  {item.disabledBecause ?? item.sentence}
                </span>
              )}
            </span>
            {item.checked && (
              <span className={styles.mark} aria-hidden="true">
                ●
              </span>
            )}
          </button>
        ),
      )}
    </div>
  );
}

/** A button that opens a menu below itself. */
export function MenuButton({
  label,
  items,
  children,
  hideLabel,
  ...look
}: ButtonLook & {
  /** The name of the button and of its menu. */
  readonly label: string;
  readonly items: MenuProps['items'];
  /** What the button shows; the label unless told. */
  readonly children?: ReactNode;
  /** Only the icon shows. */
  readonly hideLabel?: boolean;
}) {
  const [anchor, setAnchor] = useState<HTMLButtonElement>();
  const button = useRef<HTMLButtonElement>(null);
  const open = () => setAnchor(button.current ?? undefined);
  return (
    <>
      <Button
        {...look}
        ref={button}
        aria-label={hideLabel || children !== undefined ? label : undefined}
        title={hideLabel ? label : undefined}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={() => (anchor ? setAnchor(undefined) : open())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          open();
        }}
      >
        {hideLabel ? undefined : (children ?? label)}
      </Button>
      {anchor && (
        <Menu label={label} items={items} anchor={anchor} sides={UNDER} onClose={() => setAnchor(undefined)} />
      )}
    </>
  );
}
