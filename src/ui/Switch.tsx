import { useId } from 'react';
import styles from './Switch.module.css';

export type SwitchProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly description?: string;
  readonly disabled?: boolean;
};

/** On or off, at once. A native checkbox that says it is a switch. */
export function Switch({ label, checked, onChange, description, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className={styles.switch}>
      <label className={styles.row}>
        <span className={styles.label}>{label}</span>
        <input
          className={styles.box}
          type="checkbox"
          role="switch"
          checked={checked}
          aria-checked={checked}
          disabled={disabled}
          aria-describedby={description ? id : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
      {description && (
        <p id={id} className={styles.about}>
          {description}
        </p>
      )}
    </div>
  );
}
