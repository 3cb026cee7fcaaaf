import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, type ButtonLook } from './Button.tsx';
import styles from './Popover.module.css';
import type { Side } from './placement.ts';
import { type Anchor, topLayer, useFloating } from './useFloating.ts';

export type PopoverProps = {
  readonly label: string;
  readonly anchor: Anchor;
  readonly sides?: readonly Side[];
  readonly onClose: () => void;
  readonly children: ReactNode;
};

const UNDER: readonly Side[] = ['below', 'above', 'right', 'left'];

/** A small panel beside what it is about. It takes the focus, closes on Esc and outside press, and gives the focus back. */
export function Popover({ label, anchor, sides = UNDER, onClose, children }: PopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  const { place } = useFloating(panel, anchor, sides, onClose);
  const placed = place !== undefined;
  useEffect(() => {
    if (placed) panel.current?.focus();
  }, [placed]);
  return (
    <div
      ref={panel}
      className={styles.popover}
      popover={topLayer}
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      style={place ? { left: place.left, top: place.top, maxHeight: place.maxHeight } : { visibility: 'hidden' }}
    >
      {children}
    </div>
  );
}

/** A button that opens a popover below itself; `children` gets the way to close it. */
export function PopoverButton({
  label,
  title,
  children,
  hideLabel,
  ...look
}: ButtonLook & {
  readonly label: string;
  /** What the popover is called; the label unless told. */
  readonly title?: string;
  readonly hideLabel?: boolean;
  readonly children: (close: () => void) => ReactNode;
}) {
  const [anchor, setAnchor] = useState<HTMLButtonElement>();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAnchor(undefined);
    button.current?.focus();
  };
  return (
    <>
      <Button
        {...look}
        ref={button}
        aria-label={hideLabel ? label : undefined}
        title={hideLabel ? label : undefined}
        aria-haspopup="dialog"
        aria-expanded={anchor !== undefined}
        onClick={() => setAnchor(anchor ? undefined : (button.current ?? undefined))}
      >
        {hideLabel ? undefined : label}
      </Button>
      {anchor && (
        <Popover label={title ?? label} anchor={anchor} onClose={() => setAnchor(undefined)}>
          {children(close)}
        </Popover>
      )}
    </>
  );
}
