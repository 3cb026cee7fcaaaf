import { type ReactNode, useId } from 'react';
import { cx } from './cx.ts';
import styles from './Segmented.module.css';
import hidden from './VisuallyHidden.module.css';

export type SegmentedProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: ReactNode }[];
  readonly onChange: (value: Value) => void;
  readonly hideLabel?: boolean;
  /** Only the icons show; the words are for the ear and the tooltip. */
  readonly iconsOnly?: boolean;
  readonly disabled?: boolean;
};

/** One of a few, all in sight: native radio buttons in a row. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel,
  iconsOnly,
  disabled,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: HTML allows a fieldset this role, and it disables the whole group
    <fieldset role="radiogroup" className={styles.group} disabled={disabled}>
      <legend className={hideLabel ? hidden.hidden : styles.label}>{label}</legend>
      <div className={styles.row}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} title={iconsOnly ? option.label : undefined}>
            <input
              className={hidden.hidden}
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.icon}
            <span className={cx(iconsOnly && hidden.hidden)}>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
