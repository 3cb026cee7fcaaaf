import { useState } from 'react';
import type { InFlight, Micros } from '../../kernel/types.ts';
import type { RaftMessage } from '../../protocols/raft/index.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import { Button, formatDuration, Panel, Segmented, Select } from '../../ui/index.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './Messages.module.css';
import { messageInWords, type Purpose, purposeOf } from './messageInWords.ts';
import { Reading } from './Reading.tsx';

type Which = 'all' | Purpose;

const WHICH: readonly { readonly value: Which; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'votes', label: 'Votes' },
  { value: 'log', label: 'Log' },
  { value: 'clients', label: 'Clients' },
];

const NOTHING: { readonly [which in Which]: string } = {
  all: 'Nothing is on its way at this moment.',
  votes: 'Nothing about votes is on its way at this moment.',
  log: 'Nothing about the log is on its way at this moment.',
  clients: 'Nothing from or to clients is on its way at this moment.',
};

type Delay = '20' | '100' | '500';

const DELAYS: readonly { readonly value: Delay; readonly label: string }[] = [
  { value: '20', label: 'Delay by 20 ms' },
  { value: '100', label: 'Delay by 100 ms' },
  { value: '500', label: 'Delay by 500 ms' },
];

/** So many are listed; the rest is a count. */
const LISTED_MOST = 40;

/** What is on its way? Each message in words; one can be read, dropped, delayed. */
export function Messages() {
  const session = useTheSession();
  const frame = useFrame();
  const [which, setWhich] = useState<Which>('all');
  const [delay, setDelay] = useState<Delay>('100');
  const [picked, setPicked] = useState<string>();
  const flights = frame.view
    .inFlight()
    .filter(({ message }) => which === 'all' || purposeOf(message as unknown as RaftMessage) === which)
    .sort((a, b) => a.id - b.id || a.copy - b.copy);
  const isGone = picked !== undefined && !flights.some((one) => keyOf(one) === picked);
  return (
    <Panel
      question="What is on its way?"
      actions={
        <>
          <Segmented label="Which messages" hideLabel value={which} options={WHICH} onChange={setWhich} />
          <Select label="How long a delay" hideLabel value={delay} options={DELAYS} onChange={setDelay} />
        </>
      }
    >
      <p className={styles.count} role="status" aria-live="off">
        {flights.length === 0
          ? NOTHING[which]
          : flights.length === 1
            ? '1 message is on its way.'
            : `${flights.length} messages are on their way.`}
        {isGone && ' The one that you picked is not on its way any more.'}
      </p>
      <ol className={styles.list}>
        {flights.slice(0, LISTED_MOST).map((flight) => (
          <Row
            key={keyOf(flight)}
            flight={flight}
            nowMicros={frame.atMicros}
            isPicked={keyOf(flight) === picked}
            onPick={(isPicked) => {
              if (isPicked) session.getState().pause();
              setPicked(isPicked ? keyOf(flight) : undefined);
            }}
            onDrop={() => session.getState().deed({ do: 'drop', message: flight.id })}
            onDelay={() => session.getState().deed({ do: 'delay', message: flight.id, byMs: Number(delay) })}
          />
        ))}
      </ol>
      {flights.length > LISTED_MOST && <p className={styles.count}>{`and ${flights.length - LISTED_MOST} more`}</p>}
    </Panel>
  );
}

function keyOf({ id, copy }: InFlight): string {
  return `${id}.${copy}`;
}

function Row({
  flight,
  nowMicros,
  isPicked,
  onPick,
  onDrop,
  onDelay,
}: {
  readonly flight: InFlight;
  readonly nowMicros: Micros;
  readonly isPicked: boolean;
  readonly onPick: (isPicked: boolean) => void;
  readonly onDrop: () => void;
  readonly onDelay: () => void;
}) {
  const world = useSession((state) => state.world);
  const { from, to, held, dueMicros, copy } = flight;
  const message = flight.message as unknown as RaftMessage;
  const way = `${spokenFirst(world, from)} to ${spoken(world, to)}`;
  const words = spoken(world, messageInWords(message));
  return (
    <li className={styles.item} data-purpose={purposeOf(message)}>
      <button type="button" className={styles.pick} aria-expanded={isPicked} onClick={() => onPick(!isPicked)}>
        <span className={styles.way}>{way}</span>
        <span className={styles.words}>
          {`“${words}”`}
          {copy > 0 && ' (a copy)'}
        </span>
        <span className={styles.due}>
          {held ? 'waits: paused' : `in ${formatDuration(Math.max(0, dueMicros - nowMicros))}`}
        </span>
      </button>
      <span className={styles.deeds}>
        <Button size="small" aria-label={`Drop: ${way}, ${words}`} onClick={onDrop}>
          Drop
        </Button>
        <Button size="small" aria-label={`Delay: ${way}, ${words}`} onClick={onDelay}>
          Delay
        </Button>
      </span>
      {isPicked && <Reading flight={flight} />}
    </li>
  );
}

export default Messages;
