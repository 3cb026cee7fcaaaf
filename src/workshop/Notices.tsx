import { useState } from 'react';
import { useSession, useTheSession } from '../panels/useSession.ts';
import { PAUSED_WHILE_AWAY } from '../playback/player.ts';
import { Button, CloseIcon, IconButton } from '../ui/index.ts';
import styles from './Notices.module.css';

/** What just became true, over the stage's edge: a changed past, a pause while away, a link of another engine. */
export function Notices({ fromLink }: { readonly fromLink: string | undefined }) {
  const session = useTheSession();
  const notice = useSession((state) => state.notice);
  const hasRunA = useSession((state) => state.runA !== undefined);
  const [isLinkRead, readLinkNotice] = useState(false);
  const text = notice ?? (isLinkRead ? undefined : fromLink);
  const isAway = notice === PAUSED_WHILE_AWAY;
  return (
    <div className={styles.place}>
      <div role="status" className={styles.live}>
        {text !== undefined && <p className={styles.text}>{text}</p>}
      </div>
      {isAway && (
        <Button kind="primary" size="small" onClick={() => session.getState().play()}>
          Continue
        </Button>
      )}
      {hasRunA && (
        <Button size="small" onClick={() => session.getState().swapRunA()} title="The present run is kept in its place">
          {text === undefined ? 'To the other run (Run A)' : 'Back to Run A'}
        </Button>
      )}
      {text !== undefined && !isAway && (
        <IconButton
          label="Close this notice"
          size="small"
          icon={<CloseIcon />}
          onClick={() => {
            if (notice === undefined) readLinkNotice(true);
            else session.setState({ notice: undefined });
          }}
        />
      )}
    </div>
  );
}
