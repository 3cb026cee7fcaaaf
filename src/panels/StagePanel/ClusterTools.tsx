import type { Address, Command } from '../../kernel/types.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import { type Anchor, Button } from '../../ui/index.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import { cutCommand, type Gesture, mendingCommands, splitCommand } from './gestures.ts';
import { KillLeader } from './KillLeader.tsx';
import { MessageList } from './MessageMenu.tsx';
import styles from './RaftStage.module.css';

export type ClusterToolsProps = {
  readonly gesture: Gesture | undefined;
  readonly onBegin: (gesture: Gesture) => void;
  readonly onEnd: () => void;
  readonly onMessage: (messageId: number, anchor: Anchor) => void;
};

/** Above the stage: kill the leader, split the cluster, cut a link, the messages. While one chooses, what one chooses. */
export function ClusterTools({ gesture, onBegin, onEnd, onMessage }: ClusterToolsProps) {
  const session = useTheSession();
  const { view } = useFrame();
  const mending = mendingCommands(view);
  const act = (command: Command | undefined) => {
    if (command !== undefined) session.getState().deed(command);
    onEnd();
  };
  if (gesture?.kind === 'split') return <Splitting sideA={gesture.sideA} onDone={act} />;
  if (gesture?.kind === 'cut') return <Cutting ends={gesture.ends} onDone={act} />;
  return (
    <div className={styles.tools}>
      <KillLeader />
      <div className={styles.more}>
        {mending.length > 0 && (
          <Button
            size="small"
            title="Lifts every split and every cut"
            onClick={() => {
              for (const command of mending) session.getState().deed(command);
            }}
          >
            Heal
          </Button>
        )}
        <Button size="small" title="Choose who is on which side" onClick={() => onBegin({ kind: 'split', sideA: [] })}>
          Split
        </Button>
        <Button
          size="small"
          title="Choose two; nothing passes between them"
          onClick={() => onBegin({ kind: 'cut', ends: [] })}
        >
          Cut
        </Button>
        <MessageList onOpen={onMessage} />
      </div>
    </div>
  );
}

type Done = (command: Command | undefined) => void;

function Splitting({ sideA, onDone }: { readonly sideA: readonly Address[]; readonly onDone: Done }) {
  const { view } = useFrame();
  const all = view.addresses();
  const command = splitCommand(sideA, all);
  const servers = (side: boolean) =>
    all.filter((address) => address.startsWith('server-') && sideA.includes(address) === side).length;
  return (
    <div className={styles.tools} role="toolbar" aria-label="Split the cluster">
      <p className={styles.ask} aria-live="polite">
        Choose who is on side A.{' '}
        <span className={styles.count}>{`Servers: A ${servers(true)}, B ${servers(false)}`}</span>
      </p>
      <div className={styles.more}>
        <Button kind="primary" size="small" disabled={command === undefined} onClick={() => onDone(command)}>
          Split here
        </Button>
        <Button size="small" title="Esc" onClick={() => onDone(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}

function Cutting({ ends, onDone }: { readonly ends: readonly Address[]; readonly onDone: Done }) {
  const world = useSession((state) => state.world);
  const [from, to] = ends;
  const name = (address: Address) => spoken(world, address);
  return (
    <div className={styles.tools} role="toolbar" aria-label="Cut a link">
      <p className={styles.ask} aria-live="polite">
        {from === undefined
          ? 'Choose one end of the link.'
          : to === undefined
            ? `${spokenFirst(world, from)} and … choose the other end.`
            : 'Cut which way?'}
      </p>
      <div className={styles.more}>
        {from !== undefined && to !== undefined && (
          <>
            <Button kind="primary" size="small" onClick={() => onDone(cutCommand(ends, 'both'))}>
              Both ways
            </Button>
            <Button
              size="small"
              aria-label={`Nothing passes from ${name(from)} to ${name(to)}`}
              onClick={() => onDone(cutCommand(ends, 'there'))}
            >
              1 to 2
            </Button>
            <Button
              size="small"
              aria-label={`Nothing passes from ${name(to)} to ${name(from)}`}
              onClick={() => onDone(cutCommand(ends, 'back'))}
            >
              2 to 1
            </Button>
          </>
        )}
        <Button size="small" title="Esc" onClick={() => onDone(undefined)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
