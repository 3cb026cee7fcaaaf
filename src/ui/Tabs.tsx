import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { cx } from './cx.ts';
import styles from './Tabs.module.css';

export type Tab = {
  readonly id: string;
  readonly label: string;
  /** A short count or mark after the label. */
  readonly badge?: ReactNode;
  readonly content: ReactNode;
};

export type TabsProps = {
  /** What the tabs choose between, for the ear. */
  readonly label: string;
  readonly tabs: readonly Tab[];
  /** Controlled with `onSelect`; without it the first one opens. */
  readonly selected?: string;
  readonly onSelect?: (id: string) => void;
  readonly className?: string;
  /** The tabs share the whole width: phones. */
  readonly fill?: boolean;
};

/** One of several at a time, after the ARIA pattern: arrows move and choose, Home and End go to the ends. Only the chosen content is mounted. */
export function Tabs({ label, tabs, selected, onSelect, className, fill }: TabsProps) {
  const id = useId();
  const [own, setOwn] = useState(tabs[0]?.id);
  const wanted = selected ?? own;
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === wanted),
  );
  const current = tabs[at];
  const buttons = useRef(new Map<string, HTMLButtonElement>());

  const choose = (next: string) => {
    setOwn(next);
    onSelect?.(next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const target = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (target === undefined || tabs.length === 0) return;
    event.preventDefault();
    const next = tabs[(target + tabs.length) % tabs.length];
    if (!next) return;
    choose(next.id);
    buttons.current.get(next.id)?.focus();
  };

  return (
    <div className={cx(styles.tabs, className)}>
      <div className={cx(styles.list, fill && styles.fill)} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            ref={(button) => {
              if (button) buttons.current.set(tab.id, button);
              else buttons.current.delete(tab.id);
            }}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            className={styles.tab}
            aria-selected={tab === current}
            aria-controls={tab === current ? `${id}-panel` : undefined}
            tabIndex={tab === current ? 0 : -1}
            onClick={() => choose(tab.id)}
          >
            {tab.label}
            {tab.badge !== undefined && <span className={styles.badge}>{tab.badge}</span>}
          </button>
        ))}
      </div>
      {current && (
        <div
          className={styles.panel}
          role="tabpanel"
          id={`${id}-panel`}
          aria-labelledby={`${id}-${current.id}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the ARIA pattern makes a panel reachable where its content is not
          tabIndex={0}
        >
          {current.content}
        </div>
      )}
    </div>
  );
}
