/** Three that keep step, as steps. */
export function Mark({ size = 24 }: { readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem`, flex: 'none' }}
    >
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round">
        <rect x="2" y="14" width="6" height="6" rx="1.5" fill="currentColor" />
        <rect x="9" y="9" width="6" height="6" rx="1.5" fill="currentColor" />
        <rect x="16" y="4" width="6" height="6" rx="1.5" />
      </g>
    </svg>
  );
}
