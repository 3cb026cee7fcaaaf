import type { ReactNode } from 'react';
import { parseAddress } from '../../kernel/addresses.ts';
import type { Address, Command } from '../../kernel/types.ts';
import { spoken, spokenFirst } from '../../scenarios/names.ts';
import { Button } from '../../ui/index.ts';
import { useFrame, useSession, useTheSession } from '../useSession.ts';
import { cutCommand, type Gesture, mendingCommands, splitCommand } from './gestures.ts';
import { KillLeader } from './KillLeader.tsx';
import styles from './RaftStage.module.css';

/** Whom one counts while one splits: the members of the cluster, by the kind of their addresses. */
type Members = { readonly kind: string; readonly label: string };

export type ClusterToolsProps = {
  readonly members: Members;
  readonly gesture: Gesture | undefined;
  readonly onBegin: (gesture: Gesture) => void;
  readonly onEnd: () => void;
  /** More tools, at the end of the row. */
  readonly children?: ReactNode;
};

/** Above the stage: kill the leader, split the network, cut a link, and more. While one chooses, what one chooses. */
export function ClusterTools({ members, gesture, onBegin, onEnd, children }: ClusterToolsProps) {
  const session = useTheSession();
  const { view } = useFrame();
  const mending = mendingCommands(view);
  const act = (command: Command | undefined) => {
    if (command !== undefined) session.getState().deed(command);
    onEnd();
  };
  if (gesture?.kind === 'split') return <Splitting members={members} sideA={gesture.sideA} onDone={act} />;
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
        {children}
      </div>
    </div>
  );
}

type Done = (command: Command | undefined) => void;

type SplittingProps = { readonly members: Members; readonly sideA: readonly Address[]; readonly onDone: Done };

function Splitting({ members, sideA, onDone }: SplittingProps) {
  const { view } = useFrame();
  const all = view.addresses();
  const command = splitCommand(sideA, all);
  const count = (side: boolean) =>
    all.filter((address) => parseAddress(address).kind === members.kind && sideA.includes(address) === side).length;
  return (
    <div className={styles.tools} role="toolbar" aria-label="Split the network">
      <p className={styles.ask} aria-live="polite">
        Choose who is on side A.{' '}
        <span className={styles.count}>{`${members.label}: A ${count(true)}, B ${count(false)}`}</span>
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
