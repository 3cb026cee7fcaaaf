import { useEffect, useRef, useState } from 'react';
import { raftMaker } from '../../geometry/raftMaker.ts';
import type { Address } from '../../kernel/types.ts';
import type { Session } from '../../playback/session.ts';
import type { Anchor } from '../../ui/index.ts';
import { SessionContext, useTheSession } from '../useSession.ts';
import { ClusterTools } from './ClusterTools.tsx';
import { type Gesture, lettersOf, pressed } from './gestures.ts';
import { MessageMenu, type OpenMessage } from './MessageMenu.tsx';
import styles from './RaftStage.module.css';
import { StagePanel, type StageProps } from './StagePanel.tsx';

/** The stage of a cluster, with what one does to its leader and its network. */
export default function RaftStage({ session, ...props }: StageProps) {
  if (session === undefined) return <Stage {...props} />;
  return (
    <SessionContext value={session}>
      <Stage {...props} />
    </SessionContext>
  );
}

function Stage(props: Omit<StageProps, 'session'>) {
  const session = useTheSession();
  const { gesture, begin, press, end } = useGesture(session);
  const [message, setMessage] = useState<OpenMessage>();

  const openMessage = (messageId: number, anchor: Anchor) => {
    const { playing: wasPlaying, pause } = session.getState();
    if (wasPlaying) pause();
    setMessage({ messageId, anchor, wasPlaying });
  };
  const choosing = gesture && { letters: lettersOf(gesture, addressesOf(session)), choose: press };

  return (
    <div className={styles.whole}>
      <ClusterTools gesture={gesture} onBegin={begin} onEnd={end} onMessage={openMessage} />
      <div className={styles.picture}>
        <StagePanel {...props} maker={raftMaker} choosing={choosing} onMessage={openMessage} />
      </div>
      {message && <MessageMenu key={message.messageId} open={message} onClose={() => setMessage(undefined)} />}
    </div>
  );
}

const addressesOf = (session: Session): readonly Address[] => session.getState().frame.view.addresses();

/** Choosing nodes for a split or a cut. The run stands still meanwhile; Esc leaves. */
function useGesture(session: Session) {
  const [gesture, setGesture] = useState<Gesture>();
  const wasPlaying = useRef(false);

  const begin = (next: Gesture) => {
    const { playing, pause } = session.getState();
    wasPlaying.current = playing;
    if (playing) pause();
    setGesture(next);
  };
  const end = () => {
    setGesture(undefined);
    if (wasPlaying.current) session.getState().play();
  };
  const press = (address: Address) => setGesture((now) => now && pressed(now, address));

  const isOn = gesture !== undefined;
  useEffect(() => {
    if (!isOn) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setGesture(undefined);
      if (wasPlaying.current) session.getState().play();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isOn, session]);
  // Another scenario has other nodes.
  useEffect(
    () =>
      session.subscribe((state, before) => {
        if (state.opened !== before.opened) setGesture(undefined);
      }),
    [session],
  );
  return { gesture, begin, press, end };
}
