import type { ReactNode } from 'react';
import type { StateMachine } from '../../protocols/raft/index.ts';
import { spoken } from '../../scenarios/names.ts';
import { AddressChip, ItemChip } from '../parts/ItemChip.tsx';
import { useSession } from '../useSession.ts';
import styles from './ReplicatedState.module.css';

/** So many of each are listed; the rest is a count. */
const LISTED_MOST = 16;

/** One copy in full: the queue, the values, the sessions. */
export function Copy({ machine, title }: { readonly machine: StateMachine; readonly title: string }) {
  const world = useSession((state) => state.world);
  const { queue, values, sessions } = machine;
  const waiting = queue.waiting.toArray();
  const inFlight = [...queue.inFlight.values()].sort((a, b) => a.position - b.position);
  const done = latest(queue.done.size, (from) => queue.done.slice(queue.done.endIndex - from));
  const dead = latest(queue.deadLetters.size, (from) => queue.deadLetters.slice(queue.deadLetters.endIndex - from));
  const keys = [...values.keys()].sort();
  const open = [...sessions].sort(([a], [b]) => a - b);
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>{title}</h3>
      <div className={styles.groups}>
        <Group title="Waiting" count={waiting.length} none="Nothing waits.">
          {waiting.slice(0, LISTED_MOST).map((card) => (
            <li key={card.position}>
              <ItemChip id={card.jobId} />
            </li>
          ))}
        </Group>
        <Group title="In flight" count={inFlight.length} none="Nothing is handed out.">
          {inFlight.slice(0, LISTED_MOST).map((card) => (
            <li key={card.position}>
              <ItemChip id={card.jobId} /> <AddressChip address={card.holder} />
            </li>
          ))}
        </Group>
        <Group title="Done" count={queue.done.size} none="Nothing is done yet.">
          {done.map((card) => (
            <li key={card.position}>
              <ItemChip id={card.jobId} />
            </li>
          ))}
        </Group>
        <Group title="Dead letters" count={queue.deadLetters.size} none="None.">
          {dead.map((card) => (
            <li key={card.position}>
              <ItemChip id={card.jobId} /> <span className={styles.soft}>{spoken(world, card.reason)}</span>
            </li>
          ))}
        </Group>
        <Group title="Values" count={keys.length} none="No value was written yet.">
          {keys.slice(0, LISTED_MOST).map((key) => (
            <li key={key} className={styles.value}>{`${key} = ${values.get(key)}`}</li>
          ))}
        </Group>
        <Group title="Sessions" count={open.length} none="No client has a session.">
          {open.slice(0, LISTED_MOST).map(([session, { client, replies }]) => (
            <li key={session}>
              <AddressChip address={client} />{' '}
              <span className={styles.soft}>
                {replies.length === 1 ? '1 reply kept' : `${replies.length} replies kept`}
              </span>
            </li>
          ))}
        </Group>
      </div>
    </section>
  );
}

/** The latest first. */
function latest<T>(size: number, last: (count: number) => readonly T[]): readonly T[] {
  return [...last(Math.min(size, LISTED_MOST))].reverse();
}

function Group({
  title,
  count,
  none,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly none: string;
  readonly children: ReactNode;
}) {
  return (
    <section>
      <h4 className={styles.head}>
        {title} <span className={styles.count}>{count}</span>
      </h4>
      {count === 0 ? <p className={styles.soft}>{none}</p> : <ul className={styles.list}>{children}</ul>}
      {count > LISTED_MOST && <p className={styles.soft}>{`and ${count - LISTED_MOST} more`}</p>}
    </section>
  );
}
