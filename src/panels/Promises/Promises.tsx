import type { PromiseLamp } from '../../playback/types.ts';
import { Button, formatTime, Lamp, Panel } from '../../ui/index.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './Promises.module.css';

/** What must never happen? A lamp for each promise, and the way to the event that broke it. */
export function Promises() {
  const session = useTheSession();
  const frame = useFrame();
  const later = useSession((state) => state.frontier.promises);
  const goTo = (micros: number) => {
    session.getState().pause();
    session.getState().seek(micros);
  };
  return (
    <Panel question="What must never happen?">
      <ul className={styles.list}>
        {frame.promises.map((lamp) => (
          <li key={lamp.id}>
            <Promised lamp={lamp} later={later.find(({ id }) => id === lamp.id)} onGo={goTo} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Promised({
  lamp,
  later,
  onGo,
}: {
  readonly lamp: PromiseLamp;
  readonly later: PromiseLamp | undefined;
  readonly onGo: (micros: number) => void;
}) {
  const { verdict } = lamp;
  const breaksLater = verdict.kind !== 'broken' && later?.verdict.kind === 'broken' ? later.verdict : undefined;
  return (
    <div className={styles.promise}>
      <Lamp
        state={verdict.kind}
        label={lamp.title}
        detail={verdict.kind === 'kept' ? lamp.sentence : capital(verdict.because)}
      />
      {verdict.kind === 'broken' && (
        <Button size="small" onClick={() => onGo(verdict.atMicros)}>
          {`Go to ${formatTime(verdict.atMicros)}, where it broke`}
        </Button>
      )}
      {breaksLater && (
        <Button size="small" onClick={() => onGo(breaksLater.atMicros)}>
          {`It breaks later, at ${formatTime(breaksLater.atMicros)}`}
        </Button>
      )}
    </div>
  );
}

function capital(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return whole.endsWith('.') ? whole : `${whole}.`;
}

export default Promises;
