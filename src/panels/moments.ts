import type { Micros } from '../kernel/types.ts';
import type { Tape } from '../measures/replicatedQueue/tape.ts';
import type { Session } from '../playback/session.ts';
import type { Frame } from '../playback/types.ts';

/** Where no moment is known yet, the run is carried on in steps of so much until one comes. */
const LOOK_AHEAD_MICROS: Micros = 20_000;
/** And at most so far in one go, so that the page answers. */
const LOOK_AHEAD_MOST_MICROS: Micros = 3_000_000;

const tapeOf = (frame: Frame): Tape | undefined => frame.fold<Tape | undefined>('termTape');

/** Whether this run notes moments that are worth a look. */
export function hasMoments(frame: Frame): boolean {
  return tapeOf(frame) !== undefined;
}

/**
 * Looks at the next instant at which something happened that is worth a look, or at the one before: an election, a new
 * leader, a leader that bows out, a commit, a lost message, a fault, a broken promise. Ahead of where the run has come it
 * is carried on until there is one.
 */
export function stepMoment(session: Session, direction: 1 | -1): void {
  const state = session.getState();
  state.pause();
  if (direction < 0) {
    state.seek(momentsOf(state.frontier).findLast((micros) => micros < state.viewMicros) ?? 0);
    return;
  }
  const from = state.viewMicros;
  const start = Math.max(from, state.frontierMicros);
  for (let ahead = 0; ahead <= LOOK_AHEAD_MOST_MICROS; ahead += LOOK_AHEAD_MICROS) {
    const to = Math.min(state.untilMicros, start + ahead);
    if (to > session.getState().frontierMicros) session.getState().seek(to);
    const next = momentsOf(session.getState().frontier).find((micros) => micros > from);
    if (next !== undefined) return session.getState().seek(next);
    if (to === state.untilMicros) break;
  }
  session.getState().seek(Math.min(state.untilMicros, start + LOOK_AHEAD_MOST_MICROS));
}

/** All known moments, the earliest first. */
function momentsOf(frontier: Frame): readonly Micros[] {
  const noted = [...(tapeOf(frontier)?.moments ?? [])].map(({ atMicros }) => atMicros);
  const broken = frontier.promises.flatMap(({ verdict }) => (verdict.kind === 'broken' ? [verdict.atMicros] : []));
  return [...noted, ...broken].sort((a, b) => a - b);
}
