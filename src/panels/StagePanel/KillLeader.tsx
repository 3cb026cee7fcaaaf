import { spoken } from '../../scenarios/names.ts';
import { Button, CrownIcon } from '../../ui/index.ts';
import { killLeader, leaderNow } from '../leader.ts';
import { useSession, useTheSession } from '../useSession.ts';
import { fateOfLastLeader } from './lastLeader.ts';
import styles from './RaftStage.module.css';

/** One big button. While nobody leads it is grey and says so, and what became of who led last. */
export function KillLeader() {
  const session = useTheSession();
  const world = useSession((state) => state.world);
  const leader = useSession((state) => leaderNow(state.world, state.frame.view));
  const fate = useSession((state) => fateOfLastLeader(state.world, state.frame));
  const below = leader === undefined ? fate : spoken(world, leader);
  return (
    <Button
      kind="danger"
      className={styles.kill}
      icon={<CrownIcon />}
      aria-disabled={leader === undefined}
      aria-keyshortcuts="K"
      title="Crash whoever leads now (K)"
      onClick={() => killLeader(session)}
    >
      {leader === undefined ? 'Nobody leads' : 'Kill the leader'}
      <span className={styles.below}>{below}</span>
    </Button>
  );
}
