import type { ComponentProps, ReactNode } from 'react';
import styles from './Button.module.css';
import { cx } from './cx.ts';

export type ButtonLook = {
  /** `primary`: the one thing to do here. `quiet`: everything else. `plain`: without a border. `danger`: it breaks or deletes. */
  readonly kind?: 'primary' | 'quiet' | 'plain' | 'danger';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: ReactNode;
  /** Stays down: for a button that shows what is on (`aria-pressed`). */
  readonly pressed?: boolean;
};

export function Button({
  kind = 'quiet',
  size = 'normal',
  icon,
  pressed,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & ButtonLook) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      {...rest}
      className={cx(styles.button, children === undefined && styles.icon, styles[kind], styles[size], className)}
    >
      {icon}
      {children !== undefined && <span className={styles.words}>{children}</span>}
    </button>
  );
}

/** Goes somewhere, and looks like a button because it is the thing to do. */
export function LinkButton({
  kind = 'quiet',
  size = 'normal',
  icon,
  pressed: _pressed,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & ButtonLook) {
  return (
    <a {...rest} className={cx(styles.button, styles[kind], styles[size], className)}>
      {icon}
      <span className={styles.words}>{children}</span>
    </a>
  );
}
