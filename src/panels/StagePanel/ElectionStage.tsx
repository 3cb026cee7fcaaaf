import { electionMaker } from '../../geometry/electionMaker.ts';
import { SessionContext, useTheSession } from '../useSession.ts';
import { ClusterTools } from './ClusterTools.tsx';
import styles from './RaftStage.module.css';
import { StagePanel, type StageProps } from './StagePanel.tsx';
import { useGesture } from './useGesture.ts';

const COORDINATORS = { kind: 'coordinator', label: 'Coordinators' };

/** The stage of an election, with what one does to its leader and its network. */
export default function ElectionStage({ session, ...props }: StageProps) {
  if (session === undefined) return <Stage {...props} />;
  return (
    <SessionContext value={session}>
      <Stage {...props} />
    </SessionContext>
  );
}

function Stage(props: Omit<StageProps, 'session'>) {
  const { gesture, begin, end, choosing } = useGesture(useTheSession());
  return (
    <div className={styles.whole}>
      <ClusterTools members={COORDINATORS} gesture={gesture} onBegin={begin} onEnd={end} />
      <div className={styles.picture}>
        <StagePanel {...props} maker={electionMaker} choosing={choosing} />
      </div>
    </div>
  );
}
