import { useState } from 'react';
import { useSession, useTheSession } from '../panels/useSession.ts';
import { PAUSED_WHILE_AWAY } from '../playback/player.ts';
import type { OpenedLink } from '../scenarios/linkForm.ts';
import { Button, CloseIcon, IconButton } from '../ui/index.ts';
import styles from './Notices.module.css';

export type LinkNotice = { readonly text: string | undefined; readonly close: () => void };

/** What the link's reader had to say, until it is closed or the next deed. Another link has its own. */
export function useLinkNotice(link: OpenedLink): LinkNotice {
  const scenario = useSession((state) => state.scenario);
  const opened = useSession((state) => state.opened);
  const [read, setRead] = useState<OpenedLink>();
  const isDone = read === link || scenario !== opened;
  return { text: isDone ? undefined : link.notice, close: () => setRead(link) };
}

/**
 * What just became true, in a line of its own under the stage, where it covers nothing: a changed past, a pause while
 * away, a link of another engine. It goes with the next deed, with Play, or when it is closed.
 */
export function Notices({ fromLink }: { readonly fromLink: LinkNotice }) {
  const session = useTheSession();
  const notice = useSession((state) => state.notice);
  const hasRunA = useSession((state) => state.runA !== undefined);
  const text = notice ?? fromLink.text;
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
          onClick={() => (notice === undefined ? fromLink.close() : session.setState({ notice: undefined }))}
        />
      )}
    </div>
  );
}
