import type { ReactNode } from 'react';

export type IconProps = {
  /** Edge length in em-like pixels; 18 unless told. Grows with the theme's type. */
  readonly size?: number;
  /** A name, where the icon stands alone and means something. Without it the icon is silent. */
  readonly label?: string;
};

/** A line drawing on a field of 20 × 20 that takes the colour of the words beside it. */
export function icon(drawing: ReactNode) {
  return function Icon({ size = 18, label }: IconProps) {
    return (
      <svg
        viewBox="0 0 20 20"
        style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        focusable="false"
        role={label ? 'img' : undefined}
        aria-label={label}
        aria-hidden={label ? undefined : true}
      >
        {drawing}
      </svg>
    );
  };
}

/** For filled parts. */
export const solid = { fill: 'currentColor', stroke: 'none' } as const;
