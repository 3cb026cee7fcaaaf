import type { Env } from '../../kernel/types.ts';
import { commitUpTo } from './applying.ts';
import { afterConfigurationCommitted } from './changes.ts';
import { termAt } from './log.ts';
import { quorumIndex } from './quorum.ts';
import { answerReads } from './reads.ts';
import type { Out } from './step.ts';
import type { Server } from './types.ts';

/**
 * The leader's rule of commitment (DISS Figure 3.1: leaders, rule 4; 3.6.2): an entry is committed once a quorum holds it
 * on disk *and it is of the leader's own term*. Entries of older terms are committed with it, never by being counted.
 */
export function advanceCommit(server: Server, env: Env, out: Out): Server {
  const leadership = server.leadership!;
  const index = quorumIndex(server.configuration, (voter) =>
    voter === env.address ? leadership.durableIndex : (leadership.progress.get(voter)?.matchIndex ?? 0),
  );
  const isOwn = termAt(server.disk.log, index) === server.disk.currentTerm;
  if (index <= server.commitIndex || (!isOwn && env.parameters.commitsOwnTermOnly === true)) {
    return answerReads(server, env, out);
  }
  const committed = commitUpTo(server, index, env, out);
  return answerReads(afterConfigurationCommitted(committed, env, out), env, out);
}
