import { useState } from 'react';
import { sayRaftMessage, titleOfRaftMessage } from '../../geometry/raftMessageWords.ts';
import type { Command, InFlight } from '../../kernel/types.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import { type Anchor, Button, CrossIcon, Menu, type MenuItem, SlowIcon } from '../../ui/index.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import styles from './RaftStage.module.css';

/** By how much a message is delayed, in milliseconds: within a heartbeat, and beyond an election timeout. */
const DELAYS_MS = [30, 400];
/** More in a list nobody reads. */
const LISTED_MOST = 14;

export type OpenMessage = { readonly messageId: number; readonly anchor: Anchor; readonly wasPlaying: boolean };

/** What a message says, and what can be done to it. It closes by itself when the message has arrived. */
export function MessageMenu({ open, onClose }: { readonly open: OpenMessage; readonly onClose: () => void }) {
  const session = useTheSession();
  const frame = useFrame();
  const flight = frame.view.inFlight().find(({ id }) => id === open.messageId);
  if (flight === undefined) return null;
  const act = (command: Command) => () => {
    session.getState().deed(command);
    if (open.wasPlaying) session.getState().play();
  };
  const message = flight.id;
  const items: (MenuItem | 'line')[] = [
    {
      id: 'drop',
      label: 'Drop it',
      sentence: 'It is lost on its way.',
      icon: <CrossIcon />,
      danger: true,
      onSelect: act({ do: 'drop', message }),
    },
    ...DELAYS_MS.map((byMs) => ({
      id: `delay${byMs}`,
      label: `Delay it by ${byMs} ms`,
      sentence: byMs > 100 ? 'Longer than anyone waits for a heartbeat.' : 'Others overtake it.',
      icon: <SlowIcon />,
      onSelect: act({ do: 'delay', message, byMs }),
    })),
  ];
  return (
    <Menu
      label={sayRaftMessage(flight, frame.view.nowMicros)}
      showLabel
      items={items}
      anchor={open.anchor}
      onClose={onClose}
    />
  );
}

/** The messages on their way as a list: for the keyboard, and where they lie too close to be touched. */
export function MessageList({ onOpen }: { readonly onOpen: (messageId: number, anchor: Anchor) => void }) {
  const session = useTheSession();
  const count = useSession((state) => state.frame.view.inFlight().length);
  const frame = useFrame();
  const world = useSession((state) => state.world);
  const [button, setButton] = useState<HTMLElement>();
  const flights: readonly InFlight[] = button === undefined ? [] : frame.view.inFlight();
  return (
    <>
      <Button
        size="small"
        aria-haspopup="menu"
        aria-expanded={button !== undefined}
        aria-label={count === 1 ? '1 message on its way' : `${count} messages on their way`}
        title="Messages on their way"
        onClick={(event) => {
          session.getState().pause();
          setButton(event.currentTarget);
        }}
      >
        <span className={styles.messages}>{count}</span>
        <span className={styles.spare}>{count === 1 ? ' message' : ' messages'}</span>
      </Button>
      {button && (
        <Menu
          label={flights.length === 0 ? 'Nothing is on its way' : 'On their way'}
          showLabel
          anchor={button}
          sides={['below', 'above', 'left', 'right']}
          items={flights.slice(0, LISTED_MOST).map((flight) => ({
            id: `${flight.id}.${flight.copy}`,
            label: titleOfRaftMessage(flight.message),
            sentence: `${spokenFirst(world, flight.from)} to ${spoken(world, flight.to)}`,
            onSelect: () => onOpen(flight.id, button),
          }))}
          onClose={() => setButton(undefined)}
        />
      )}
    </>
  );
}
