import { useId, useState } from 'react';
import { cx } from './cx.ts';
import { parseNumber, snap } from './decimals.ts';
import styles from './NumberField.module.css';

export type NumberFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
  /** Shown is value × `shownTimes`: 100 shows a share of 0.2 as 20. */
  readonly shownTimes?: number;
  /** On Enter, on leaving the field, and on each arrow key. Only with a value in the range. */
  readonly onCommit: (value: number) => void;
  readonly disabled?: boolean;
  /** The label is for the ear alone: something beside it shows it. */
  readonly hideLabel?: boolean;
  readonly describedBy?: string;
};

/** A number that one types; the arrow keys step. Out of range it says so and keeps the last good value. */
export function NumberField({
  label,
  value,
  min,
  max,
  step = 1,
  unit,
  shownTimes = 1,
  onCommit,
  disabled,
  hideLabel,
  describedBy,
}: NumberFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const show = (of: number) => String(Number((of * shownTimes).toFixed(9)));
  const parsed = draft === undefined ? value : parseNumber(draft);
  const typed = parsed === undefined || draft === undefined ? parsed : parsed / shownTimes;
  const wrong = typed === undefined || typed < min || typed > max;

  const commit = () => {
    if (draft === undefined) return;
    setDraft(undefined);
    if (wrong) return;
    const next = snap(typed, { min, max, step });
    if (next !== value) onCommit(next);
  };
  const stepBy = (steps: number) => {
    const from = wrong ? value : typed;
    setDraft(undefined);
    const next = snap(from + steps * step, { min, max, step });
    if (next !== value) onCommit(next);
  };

  return (
    <span className={styles.field}>
      {!hideLabel && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <span className={cx(styles.box, wrong && styles.wrong)}>
        <input
          id={id}
          className={styles.input}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          role="spinbutton"
          aria-label={hideLabel ? label : undefined}
          aria-valuenow={wrong ? value : typed}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuetext={unit ? `${draft ?? show(value)} ${unit}` : undefined}
          aria-invalid={wrong || undefined}
          aria-describedby={wrong ? `${id}-wrong` : describedBy}
          disabled={disabled}
          size={Math.max(show(min).length, show(max).length, 3)}
          value={draft ?? show(value)}
          onChange={(event) => setDraft(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit();
            else if (event.key === 'Escape' && draft !== undefined) {
              event.stopPropagation();
              setDraft(undefined);
            } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
              event.preventDefault();
              stepBy((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1));
            }
          }}
        />
        {unit && (
          <span className={styles.unit} aria-hidden="true">
            {unit}
          </span>
        )}
      </span>
      {wrong && (
        <span id={`${id}-wrong`} className={styles.message} role="alert">
          {`From ${show(min)} to ${show(max)}.`}
        </span>
      )}
    </span>
  );
}
