import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from './cx.ts';
import { snap } from './decimals.ts';
import { NumberField } from './NumberField.tsx';
import styles from './Slider.module.css';
import { positionOf, type Range, SLIDER_POSITIONS, stepFrom, valueAt } from './sliderScale.ts';

export type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** After the number: "ms", "%", "per second". */
  readonly unit?: string;
  /** One sentence below: what it does. */
  readonly description?: string;
  readonly scale?: 'linear' | 'log';
  /** Shown is value × `shownTimes`: 100 with unit "%" shows a share of 0.2 as 20 %. */
  readonly shownTimes?: number;
  /** A word for a value that means something special: `{ 0: 'off' }`. */
  readonly words?: { readonly [value: number]: string };
  /** The value in words, for the ear and beside the track; number and unit unless told. */
  readonly say?: (value: number) => string;
  /** While it is dragged: often, and the last one is followed by `onCommit`. */
  readonly onChange?: (value: number) => void;
  /** Once, at the end: pointer up, key up, leaving, or a number typed. Not called where nothing changed. */
  readonly onCommit?: (value: number) => void;
  readonly disabled?: boolean;
  /** Says that the value differs from where it started, beside the label. */
  readonly changed?: boolean;
};

/** A native range with its number beside it. Between `onChange` and `onCommit` it keeps its own value, so it never jumps back. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  unit,
  description,
  scale = 'linear',
  shownTimes = 1,
  words,
  say,
  onChange,
  onCommit,
  disabled,
  changed,
}: SliderProps) {
  const id = useId();
  const range: Range = { min, max, step, scale };
  const [draft, setDraft] = useState<number>();
  const held = useRef<'pointer' | 'key' | undefined>(undefined);
  const before = useRef<number | undefined>(undefined);
  const shown = draft ?? value;
  const latest = useRef(shown);
  latest.current = shown;

  const commit = () => {
    held.current = undefined;
    if (before.current === undefined) return;
    const started = before.current;
    before.current = undefined;
    setDraft(undefined);
    if (latest.current !== started) onCommit?.(latest.current);
  };
  const commitNow = useRef(commit);
  commitNow.current = commit;

  const moveTo = (next: number) => {
    if (next === latest.current) return;
    before.current ??= value;
    latest.current = next;
    setDraft(next);
    onChange?.(next);
    // Neither finger nor key: a screen reader moved it, and no end will be heard.
    if (held.current === undefined) commit();
  };

  useEffect(() => {
    const end = () => {
      if (held.current === 'pointer') commitNow.current();
    };
    window.addEventListener('pointerup', end);
    window.addEventListener('pointercancel', end);
    return () => {
      window.removeEventListener('pointerup', end);
      window.removeEventListener('pointercancel', end);
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const steps = STEPS_OF_KEY[event.key];
    if (steps === undefined) {
      if (event.key === 'Home' || event.key === 'End') {
        event.preventDefault();
        held.current = 'key';
        moveTo(event.key === 'Home' ? min : max);
      }
      return;
    }
    event.preventDefault();
    held.current = 'key';
    moveTo(stepFrom(latest.current, steps, range));
  };

  const number = String(Number((shown * shownTimes).toFixed(9)));
  const spoken = words?.[shown] ?? say?.(shown) ?? (unit ? `${number} ${unit}` : number);
  const log = scale === 'log';
  const share = positionOf(shown, range) / SLIDER_POSITIONS;

  return (
    <div className={cx(styles.slider, disabled && styles.disabled)}>
      <div className={styles.head}>
        <label className={styles.label} htmlFor={id}>
          {label}
          {changed && (
            <span className={styles.changed} title="Changed from where it started">
              <span aria-hidden="true">•</span>
            </span>
          )}
        </label>
        {words?.[shown] && (
          <span className={styles.word} aria-hidden="true">
            {words[shown]}
          </span>
        )}
        <NumberField
          label={`${label}, as a number`}
          hideLabel
          value={shown}
          min={min}
          max={max}
          step={step}
          unit={unit}
          shownTimes={shownTimes}
          disabled={disabled}
          onCommit={(next) => {
            onChange?.(next);
            onCommit?.(next);
          }}
        />
      </div>
      <input
        id={id}
        className={styles.range}
        style={{ '--share': share } as React.CSSProperties}
        type="range"
        min={log ? 0 : min}
        max={log ? SLIDER_POSITIONS : max}
        step={log ? 'any' : step}
        value={log ? positionOf(shown, range) : shown}
        aria-valuetext={spoken}
        aria-describedby={description ? `${id}-about` : undefined}
        disabled={disabled}
        onPointerDown={() => {
          held.current = 'pointer';
        }}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          const place = Number(event.target.value);
          moveTo(log ? valueAt(place, range) : snap(place, range));
        }}
        onKeyDown={onKeyDown}
        onKeyUp={() => {
          if (held.current === 'key') commit();
        }}
        onBlur={commit}
      />
      {description && (
        <p id={`${id}-about`} className={styles.about}>
          {description}
        </p>
      )}
    </div>
  );
}

const STEPS_OF_KEY: { readonly [key: string]: number } = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: 10,
  PageDown: -10,
};
