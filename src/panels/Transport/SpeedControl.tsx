import { useId } from 'react';
import { placeOfSpeed, SPEEDS, secondWords, speedWords } from '../speeds.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './Transport.module.css';

/** Below this share of the wanted speed, the transport says that the machine can't keep up. */
const KEEPS_UP = 0.85;

/** Slow motion to fast forward on a logarithmic track, and what a second means. */
export function SpeedControl() {
  const session = useTheSession();
  const id = useId();
  const speed = useSession((state) => state.speed);
  const slowed = useSession((state) =>
    state.playing && state.effectiveSpeed < state.speed * KEEPS_UP
      ? Number(state.effectiveSpeed.toPrecision(1))
      : undefined,
  );
  return (
    <div className={styles.speed}>
      <label className={styles.speedLabel} htmlFor={id}>
        <span className={styles.speedWord}>{`Speed ${speedWords(speed)}`}</span>
        <span className={styles.second}>
          {slowed === undefined ? secondWords(speed) : `this machine manages ${speedWords(slowed)}`}
        </span>
      </label>
      <input
        id={id}
        className={styles.speedRange}
        type="range"
        min={0}
        max={SPEEDS.length - 1}
        step={1}
        value={placeOfSpeed(speed)}
        aria-valuetext={`${speedWords(speed)}: ${secondWords(speed)}`}
        onChange={(event) => session.getState().setSpeed(SPEEDS[Number(event.target.value)] ?? 1)}
      />
    </div>
  );
}
