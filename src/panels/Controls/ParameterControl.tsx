import { type ReactNode, useId, useState } from 'react';
import type { Json } from '../../kernel/types.ts';
import type { ParameterDescription } from '../../scenarios/types.ts';
import { Select, Slider, Switch } from '../../ui/index.ts';
import { unitWord, valueWords } from '../parameterWords.ts';
import styles from './Controls.module.css';

/** One parameter, as a slider, switch, list or field. It commits once, at the end of a drag. */
export function ParameterControl({
  parameter,
  value,
  changed,
  onCommit,
}: {
  readonly parameter: ParameterDescription;
  readonly value: Json;
  readonly changed: boolean;
  readonly onCommit: (value: Json) => void;
}) {
  const sentence = parameter.changes === 'restart' ? `${parameter.sentence} The run starts again.` : parameter.sentence;
  switch (parameter.kind) {
    case 'number':
      return (
        <Slider
          label={parameter.label}
          value={Number(value)}
          min={parameter.min}
          max={parameter.max}
          step={parameter.step}
          unit={unitWord(parameter)}
          scale={parameter.scale}
          words={parameter.words}
          shownTimes={parameter.unit === 'probability' ? 100 : 1}
          say={(one) => valueWords(parameter, one)}
          description={sentence}
          changed={changed}
          onCommit={onCommit}
        />
      );
    case 'boolean':
      return (
        <Changed is={changed}>
          <Switch label={parameter.label} checked={value === true} description={sentence} onChange={onCommit} />
        </Changed>
      );
    case 'choice':
      return (
        <Changed is={changed}>
          <Select
            label={parameter.label}
            value={String(value)}
            options={parameter.choices}
            description={sentence}
            onChange={onCommit}
          />
        </Changed>
      );
    case 'numbers':
      return (
        <Changed is={changed}>
          <NumbersField parameter={parameter} value={value} sentence={sentence} onCommit={onCommit} />
        </Changed>
      );
  }
}

/** Sliders say by themselves that they were changed; the others stand beside a mark. */
function Changed({ is, children }: { readonly is: boolean; readonly children: ReactNode }) {
  return (
    <div className={styles.changeable}>
      {children}
      {is && (
        <span className={styles.changed} title="Changed from where it started">
          <span aria-hidden="true">•</span>
        </span>
      )}
    </div>
  );
}

function NumbersField({
  parameter,
  value,
  sentence,
  onCommit,
}: {
  readonly parameter: Extract<ParameterDescription, { kind: 'numbers' }>;
  readonly value: Json;
  readonly sentence: string;
  readonly onCommit: (value: Json) => void;
}) {
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const shown = draft ?? (Array.isArray(value) ? value.join(', ') : '');
  const words = shown.split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = words.map(Number);
  const isWrong =
    numbers.length > parameter.most ||
    new Set(numbers).size !== numbers.length ||
    numbers.some((one) => !Number.isInteger(one) || one < parameter.min || one > parameter.max);
  const commit = () => {
    if (draft === undefined) return;
    setDraft(undefined);
    if (!isWrong && JSON.stringify(numbers) !== JSON.stringify(value)) onCommit(numbers);
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {parameter.label}
      </label>
      <input
        id={id}
        className={styles.input}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        placeholder="none"
        value={shown}
        aria-invalid={isWrong || undefined}
        aria-describedby={`${id}-about`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
        }}
      />
      <p id={`${id}-about`} className={styles.about}>
        {isWrong
          ? `Different whole numbers from ${parameter.min} to ${parameter.max}, at most ${parameter.most}, with commas between.`
          : sentence}
      </p>
    </div>
  );
}
