import { useId } from 'react';
import { cx } from './cx.ts';
import { ChevronDownIcon } from './moreIcons.tsx';
import styles from './Select.module.css';
import hidden from './VisuallyHidden.module.css';

export type SelectProps<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly sentence?: string }[];
  readonly onChange: (value: Value) => void;
  readonly description?: string;
  readonly disabled?: boolean;
  readonly hideLabel?: boolean;
};

/** One of several; the platform's own list. The chosen one's sentence stands below. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  description,
  disabled,
  hideLabel,
}: SelectProps<Value>) {
  const id = useId();
  const about = options.find((option) => option.value === value)?.sentence ?? description;
  return (
    <div className={cx(styles.select, hideLabel && styles.bare)}>
      <label className={hideLabel ? hidden.hidden : styles.label} htmlFor={id}>
        {label}
      </label>
      <span className={styles.box}>
        <select
          id={id}
          className={styles.native}
          value={value}
          disabled={disabled}
          aria-describedby={about ? `${id}-about` : undefined}
          onChange={(event) => onChange(event.target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <ChevronDownIcon size={14} />
      </span>
      {about && (
        <p id={`${id}-about`} className={styles.about}>
          {about}
        </p>
      )}
    </div>
  );
}
