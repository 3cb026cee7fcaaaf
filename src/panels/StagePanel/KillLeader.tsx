import { useEffect, useState } from 'react';
import { spoken } from '../../scenarios/names.ts';
import { Button, CrownIcon } from '../../ui/index.ts';
import { killLeader, leaderNow } from '../leader.ts';
import { useSession, useTheSession } from '../useSession.ts';
import styles from './RaftStage.module.css';

/** One big button. While nobody leads it is grey and says so, and who was killed. */
export function KillLeader() {
  const session = useTheSession();
  const world = useSession((state) => state.world);
  const leader = useSession((state) => leaderNow(state.world, state.frame.view));
  const [killed, setKilled] = useState<string>();
  // The key K does the same as the button: who was killed shows in the script.
  const lastDeed = useSession((state) => {
    const mark = state.marks.findLast(({ own, atMicros }) => own && atMicros <= state.viewMicros);
    return mark?.command.do === 'crash' ? String(mark.command.target) : undefined;
  });
  useEffect(() => setKilled(lastDeed), [lastDeed]);
  const words = leader === undefined ? 'Nobody leads' : `Kill the leader`;
  const below =
    leader !== undefined
      ? spoken(world, leader)
      : killed !== undefined
        ? `${spoken(world, killed)} was killed`
        : 'the others will notice';
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
      {words}
      <span className={styles.below}>{below}</span>
    </Button>
  );
}
