import {
  Button,
  formatDuration,
  formatTime,
  IconButton,
  LiveIcon,
  MomentBackIcon,
  MomentForwardIcon,
  PauseIcon,
  PlayIcon,
  RestartIcon,
  StepBackIcon,
  StepForwardIcon,
} from '../../ui/index.ts';
import { hasMoments, stepMoment } from '../moments.ts';
import { playOrPause } from '../playing.ts';
import { useSession, useTheSession } from '../useSession.ts';
import { ScrubBar } from './ScrubBar.tsx';
import { SpeedControl } from './SpeedControl.tsx';
import styles from './Transport.module.css';

/** No run is longer than a simulated hour. */
const HOUR_MICROS = 3_600_000_000;

/** Play, steps, speed and the scrub bar: fixed at the bottom, the same in every scenario. */
export function Transport() {
  const session = useTheSession();
  return (
    <section className={styles.transport} aria-label="Transport">
      <ScrubBar />
      <div className={styles.row}>
        <div className={styles.steps}>
          <IconButton
            label="Start the run again"
            keys="R"
            icon={<RestartIcon size={20} />}
            onClick={() => session.getState().restart()}
          />
          <MomentButton direction={-1} />
          <IconButton
            label="Event before"
            keys="←"
            icon={<StepBackIcon size={20} />}
            onClick={() => session.getState().stepEvent(-1)}
          />
          <PlayButton />
          <IconButton
            label="Next event"
            keys="→"
            icon={<StepForwardIcon size={20} />}
            onClick={() => session.getState().stepEvent(1)}
          />
          <MomentButton direction={1} />
        </div>
        <SpeedControl />
        <Clock />
        <Ways />
      </div>
    </section>
  );
}

/** To the next or the last moment worth a look, where the run notes them. */
function MomentButton({ direction }: { readonly direction: 1 | -1 }) {
  const session = useTheSession();
  const has = useSession((state) => hasMoments(state.frame));
  if (!has) return null;
  const isForward = direction === 1;
  return (
    <IconButton
      label={isForward ? 'Next moment worth a look' : 'Moment before worth a look'}
      keys={isForward ? 'N' : 'Shift+N'}
      icon={isForward ? <MomentForwardIcon size={20} /> : <MomentBackIcon size={20} />}
      onClick={() => stepMoment(session, direction)}
    />
  );
}

function PlayButton() {
  const session = useTheSession();
  const playing = useSession((state) => state.playing);
  const atEnd = useSession((state) => state.viewMicros >= state.untilMicros);
  const fresh = useSession((state) => state.frontierMicros === 0);
  const label = playing ? 'Pause' : atEnd ? 'Play again' : 'Play';
  return (
    <Button
      kind="primary"
      className={styles.play}
      aria-keyshortcuts="Space"
      title={`${label} (Space)`}
      data-fresh={fresh || undefined}
      icon={playing ? <PauseIcon size={24} /> : atEnd ? <RestartIcon size={24} /> : <PlayIcon size={24} />}
      onClick={() => playOrPause(session)}
    >
      {label}
    </Button>
  );
}

function Clock() {
  const viewMicros = useSession((state) => state.viewMicros);
  const untilMicros = useSession((state) => state.untilMicros);
  return (
    <p className={styles.clock}>
      <span className={styles.now}>{formatTime(viewMicros)}</span>
      <span className={styles.until}>{` of ${formatDuration(untilMicros)}`}</span>
    </p>
  );
}

/** Where the view stands in the run, and the ways from there. */
function Ways() {
  const session = useTheSession();
  const rewound = useSession((state) => state.viewMicros < state.frontierMicros);
  const atEnd = useSession((state) => state.viewMicros >= state.untilMicros && state.untilMicros < HOUR_MICROS);
  if (atEnd)
    return (
      <div className={styles.ways}>
        <span className={styles.where}>The run ends here.</span>
        <Button size="small" onClick={() => session.getState().goOn()}>
          Go on
        </Button>
      </div>
    );
  if (!rewound) return <div className={styles.ways} />;
  return (
    <div className={styles.ways}>
      <Rewound />
      <Button
        size="small"
        icon={<LiveIcon />}
        title="To where the run has come (L)"
        onClick={() => session.getState().goLive()}
      >
        Live
      </Button>
    </div>
  );
}

function Rewound() {
  const view = useSession((state) => tenths(state.viewMicros));
  const frontier = useSession((state) => tenths(state.frontierMicros));
  return <span className={styles.where}>{`Viewing ${view} s of ${frontier} s`}</span>;
}

const tenths = (micros: number) => (Math.floor(micros / 100_000) / 10).toFixed(1);
