import type { ReactNode } from 'react';
import type { Micros } from '../../kernel/types.ts';
import { BROKER, type BrokerDisk, type QueueMessage } from '../../protocols/workQueue/index.ts';
import { formatDuration, Panel } from '../../ui/index.ts';
import { AddressChip, Bar, ItemChip } from '../parts/ItemChip.tsx';
import { useFrame } from '../useSession.ts';
import styles from './Queue.module.css';

/** So many of each are listed; the rest is a count. */
const LISTED_MOST = 24;

/** What is waiting? Items in line, delayed and in flight, with receive counts and countdowns. */
export function Queue() {
  const frame = useFrame();
  const process = frame.view.process(BROKER);
  const queue = (process?.data ?? process?.disk) as BrokerDisk | undefined;
  if (queue === undefined) return <Panel question="What is waiting?" empty="There is no queue in this world." />;
  const hidden = { inFlight: [] as QueueMessage[], delayed: [] as QueueMessage[] };
  queue.messages.forEach((message) => {
    if (message.state !== 'ready') hidden[message.state].push(message);
  });
  const soonest = (a: QueueMessage, b: QueueMessage) => a.visibleMicros - b.visibleMicros || a.messageId - b.messageId;
  const line = queue.line.toArray();
  const ready = line.slice(0, LISTED_MOST).flatMap((id) => queue.messages.get(id) ?? []);
  const isCrashed = process?.status === 'crashed';
  return (
    <Panel
      question="What is waiting?"
      empty={
        queue.messages.size === 0 &&
        (queue.counts.enqueued === 0
          ? 'Nothing was submitted yet. Press Play.'
          : 'Nothing: all that was submitted has left the queue.')
      }
    >
      {isCrashed && <p className={styles.down}>The queue is down. This is what its disk keeps.</p>}
      <div className={styles.groups}>
        <Group title="In line" count={line.length} listed={ready.length} none="Nobody waits.">
          {ready.map((message) => (
            <li key={message.messageId} className={styles.row}>
              <ItemChip id={message.item.id} poison={message.item.poison} />
              <Receives message={message} />
            </li>
          ))}
        </Group>
        <Group
          title="In flight"
          count={queue.inFlight}
          listed={Math.min(LISTED_MOST, hidden.inFlight.length)}
          none="Nothing is handed out."
        >
          {hidden.inFlight
            .sort(soonest)
            .slice(0, LISTED_MOST)
            .map((message) => (
              <li key={message.messageId} className={styles.row}>
                <ItemChip id={message.item.id} poison={message.item.poison} />
                <AddressChip address={message.holder} />
                <Countdown message={message} nowMicros={frame.atMicros} words="shows again in" tone="active" />
                <Receives message={message} />
              </li>
            ))}
        </Group>
        <Group
          title="Delayed"
          count={queue.delayed}
          listed={Math.min(LISTED_MOST, hidden.delayed.length)}
          none="Nothing waits out a delay."
        >
          {hidden.delayed
            .sort(soonest)
            .slice(0, LISTED_MOST)
            .map((message) => (
              <li key={message.messageId} className={styles.row}>
                <ItemChip id={message.item.id} poison={message.item.poison} />
                <Countdown message={message} nowMicros={frame.atMicros} words="back in" tone="delayed" />
                <Receives message={message} />
              </li>
            ))}
        </Group>
      </div>
    </Panel>
  );
}

function Group({
  title,
  count,
  listed,
  none,
  children,
}: {
  readonly title: string;
  readonly count: number;
  readonly listed: number;
  readonly none: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.group}>
      <h3 className={styles.head}>
        {title} <span className={styles.count}>{count}</span>
      </h3>
      {count === 0 ? <p className={styles.none}>{none}</p> : <ol className={styles.list}>{children}</ol>}
      {count > listed && <p className={styles.none}>{`and ${count - listed} more`}</p>}
    </section>
  );
}

function Receives({ message }: { readonly message: QueueMessage }) {
  if (message.receiveCount === 0) return null;
  const words = message.receiveCount === 1 ? 'handed out once' : `handed out ${message.receiveCount} times`;
  return (
    <span className={styles.receives} title={words}>
      <span aria-hidden="true">{`×${message.receiveCount}`}</span>
      <span className={styles.hidden}>{words}</span>
    </span>
  );
}

function Countdown({
  message,
  nowMicros,
  words,
  tone,
}: {
  readonly message: QueueMessage;
  readonly nowMicros: Micros;
  readonly words: string;
  readonly tone: string;
}) {
  const left = Math.max(0, message.visibleMicros - nowMicros);
  const whole = Math.max(1, message.visibleMicros - message.hiddenMicros);
  return (
    <span className={styles.countdown}>
      <Bar share={left / whole} tone={tone} />
      <span className={styles.left}>{`${words} ${formatDuration(Math.round(left / 100_000) * 100_000)}`}</span>
    </span>
  );
}

export default Queue;
