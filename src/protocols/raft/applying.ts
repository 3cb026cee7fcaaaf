import { invariant } from '../../kernel/invariant.ts';
import type { Env } from '../../kernel/types.ts';
import { compact, entryAt } from './log.ts';
import { configurationIn, initialConfiguration } from './membership.ts';
import { rememberReply } from './sessions.ts';
import { applyCommand } from './stateMachine.ts';
import { note, type Out, send, withDisk } from './step.ts';
import type { Entry, LogIndex, Server } from './types.ts';

/** The commit index moves, and what is committed is applied, in order (DISS Figure 3.1: all servers, rule 1). */
export function commitUpTo(before: Server, index: LogIndex, env: Env, out: Out): Server {
  if (index <= before.commitIndex) return before;
  note(out, { kind: 'committed', from: before.commitIndex + 1, to: index, term: before.disk.currentTerm });
  return compactIfDue(applyCommitted({ ...before, commitIndex: index }, env, out), env, out);
}

function applyCommitted(before: Server, env: Env, out: Out): Server {
  let { machine, leadership, lastApplied } = before;
  for (let entry = nextToApply(before, lastApplied); entry !== undefined; entry = nextToApply(before, lastApplied)) {
    lastApplied = entry.index;
    if (entry.kind !== 'command') continue;
    const applied = applyCommand(machine, entry.command, entry.index);
    machine = applied.machine;
    const waiting = leadership?.waiting.find((one) => one.index === entry.index);
    if (waiting === undefined || leadership === undefined) continue;
    leadership = { ...leadership, waiting: leadership.waiting.filter((one) => one !== waiting) };
    if (waiting.term !== entry.term) continue;
    const { result } = applied;
    const status = result === undefined ? 'sessionExpired' : 'ok';
    out.now.push(send(waiting.client, { kind: 'reply', number: waiting.number, status, leader: env.address, result }));
    if (waiting.ownUse !== undefined && result !== undefined) {
      const ownSessions = rememberReply(leadership.ownSessions, waiting.ownUse, result, entry.index);
      leadership = { ...leadership, ownSessions };
    }
  }
  return { ...before, machine, leadership, lastApplied };
}

function nextToApply(server: Server, lastApplied: LogIndex): Entry | undefined {
  return lastApplied >= server.commitIndex ? undefined : entryAt(server.disk.log, lastApplied + 1);
}

/** Takes a snapshot once enough entries have been applied since the last one, and lets them go (DISS 5.1). */
function compactIfDue(server: Server, env: Env, out: Out): Server {
  const every = env.parameters.snapshotEveryEntries as number;
  const { log, snapshot } = server.disk;
  const { lastApplied } = server;
  if (every === 0 || lastApplied - log.snapshotIndex < every) return server;
  const compacted = compact(log, lastApplied);
  invariant(compacted.snapshotIndex === lastApplied, 'a snapshot was taken beyond the log');
  const initial = initialConfiguration(env.address, env.parameters);
  const { configuration } = configurationIn(log, snapshot, initial, lastApplied);
  note(out, { kind: 'snapshotTaken', lastIndex: lastApplied });
  return withDisk(server, {
    log: compacted,
    snapshot: {
      lastIndex: lastApplied,
      lastTerm: compacted.snapshotTerm,
      configuration,
      machine: server.machine,
    },
  });
}
