import { useState } from 'react';
import { raftMaker } from '../../geometry/raftMaker.ts';
import type { Anchor } from '../../ui/index.ts';
import { SessionContext, useTheSession } from '../useSession.ts';
import { ClusterTools } from './ClusterTools.tsx';
import { MessageList, MessageMenu, type OpenMessage } from './MessageMenu.tsx';
import styles from './RaftStage.module.css';
import { StagePanel, type StageProps } from './StagePanel.tsx';
import { useGesture } from './useGesture.ts';

const SERVERS = { kind: 'server', label: 'Servers' };

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
  const { gesture, begin, end, choosing } = useGesture(session);
  const [message, setMessage] = useState<OpenMessage>();

  const openMessage = (messageId: number, anchor: Anchor) => {
    const { playing: wasPlaying, pause } = session.getState();
    if (wasPlaying) pause();
    setMessage({ messageId, anchor, wasPlaying });
  };

  return (
    <div className={styles.whole}>
      <ClusterTools members={SERVERS} gesture={gesture} onBegin={begin} onEnd={end}>
        <MessageList onOpen={openMessage} />
      </ClusterTools>
      <div className={styles.picture}>
        <StagePanel {...props} maker={raftMaker} choosing={choosing} onMessage={openMessage} />
      </div>
      {message && <MessageMenu key={message.messageId} open={message} onClose={() => setMessage(undefined)} />}
    </div>
  );
}
