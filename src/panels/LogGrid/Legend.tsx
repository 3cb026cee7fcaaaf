import type { CSSProperties, ReactNode } from 'react';
import styles from './LogGrid.module.css';

const HUE = { '--hue': 250 } as CSSProperties;

/** What the marks mean; folded at first where there is little room. */
export function Legend({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <details className={styles.legend} open={isOpen}>
      <summary>What the marks mean</summary>
      <ul>
        <Item mark={<Swatch standing="applied" />}>known to be committed, and applied</Item>
        <Item mark={<Swatch standing="uncommitted" />}>not known to be committed</Item>
        <Item mark={<Swatch standing="uncommitted" isOnDisk={false} />}>in the memory, not yet on the disk</Item>
        <Item
          mark={
            <span className={styles.swatch} style={HUE}>
              <span className={styles.struck} data-term={3} />
            </span>
          }
        >
          struck out: the leader has another there
        </Item>
        <Item mark={<span className={styles.snapshotMark}>▣ 9</span>}>a snapshot stands for all up to entry 9</Item>
        <Item mark={<span className={styles.edgeMark} />}>up to here this server knows it committed</Item>
        <Item mark="▲">the leader knows that the follower has it</Item>
        <Item mark="△">the leader sends it next; with “?” it still looks for where the logs agree</Item>
        <Item mark={<span className={styles.hatch} />}>down: what its disk keeps</Item>
      </ul>
      <p>The number in a box is the term in which a leader wrote the entry; each term has its hue.</p>
    </details>
  );
}

function Item({ mark, children }: { readonly mark: ReactNode; readonly children: ReactNode }) {
  return (
    <li>
      <span className={styles.legendMark} aria-hidden="true">
        {mark}
      </span>
      {children}
    </li>
  );
}

function Swatch({ standing, isOnDisk = true }: { readonly standing: string; readonly isOnDisk?: boolean }) {
  return (
    <span className={styles.swatch} data-standing={standing} data-disk={isOnDisk} style={HUE}>
      <span className={styles.entry}>3</span>
    </span>
  );
}
