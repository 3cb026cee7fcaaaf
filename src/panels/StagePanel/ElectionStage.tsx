import { electionMaker } from '../../geometry/electionMaker.ts';
import { SessionContext } from '../useSession.ts';
import { KillLeader } from './KillLeader.tsx';
import styles from './RaftStage.module.css';
import { StagePanel, type StageProps } from './StagePanel.tsx';

/** The stage of an election, with what one does to its leader. */
export default function ElectionStage({ session, ...props }: StageProps) {
  if (session === undefined) return <Stage {...props} />;
  return (
    <SessionContext value={session}>
      <Stage {...props} />
    </SessionContext>
  );
}

function Stage(props: Omit<StageProps, 'session'>) {
  return (
    <div className={styles.whole}>
      <div className={styles.tools}>
        <KillLeader />
      </div>
      <div className={styles.picture}>
        <StagePanel {...props} maker={electionMaker} />
      </div>
    </div>
  );
}
