import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import type { ButtonLook } from './Button.tsx';
import { cx } from './cx.ts';

/** A button that is an icon alone. `label` is its name, for the ear and as the tooltip; `keys` is its shortcut, if any. */
export function IconButton({
  label,
  icon,
  keys,
  kind = 'plain',
  size = 'normal',
  pressed,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> &
  ButtonLook & { readonly label: string; readonly icon: ReactNode; readonly keys?: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      {...rest}
      className={cx(styles.button, styles.icon, styles[kind], styles[size], className)}
    >
      {icon}
    </button>
  );
}
