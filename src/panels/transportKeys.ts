import type { Session } from '../playback/session.ts';
import { hasLeaders, killLeader } from './leader.ts';
import { hasMoments, stepMoment } from './moments.ts';
import { playOrPause, SMALL_STEP_MICROS } from './playing.ts';
import type { ShortcutId } from './shortcuts.ts';
import { nextSpeed } from './speeds.ts';

/** Does what a key of the transport means; false where the key is none of the transport's. */
export function performTransport(session: Session, id: ShortcutId): boolean {
  const state = session.getState();
  switch (id) {
    case 'playPause':
      playOrPause(session);
      return true;
    case 'killLeader':
      if (hasLeaders(state.world)) killLeader(session);
      else playOrPause(session);
      return true;
    case 'stepForward':
      state.stepEvent(1);
      return true;
    case 'stepBack':
      state.stepEvent(-1);
      return true;
    case 'nextMoment':
    case 'momentBefore':
      if (hasMoments(state.frame)) stepMoment(session, id === 'nextMoment' ? 1 : -1);
      return true;
    case 'aLittleForward':
      state.stepMicros(SMALL_STEP_MICROS);
      return true;
    case 'aLittleBack':
      state.stepMicros(-SMALL_STEP_MICROS);
      return true;
    case 'slower':
      state.setSpeed(nextSpeed(state.speed, -1));
      return true;
    case 'faster':
      state.setSpeed(nextSpeed(state.speed, 1));
      return true;
    case 'restart':
      state.restart();
      return true;
    case 'live':
      state.goLive();
      return true;
    default:
      return false;
  }
}
