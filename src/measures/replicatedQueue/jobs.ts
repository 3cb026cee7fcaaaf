import { emptyMap, type PersistentMap } from '../../kernel/persistentMap.ts';
import type { TraceEntry, WorldView } from '../../kernel/types.ts';
import { entryAt, queueCounts, type Server } from '../../protocols/raft/index.ts';

/** What the replicated queue has done, as the server that has applied most of the log has it. */
export type Jobs = {
  readonly appliedIndex: number;
  /** Cards that were completed: what took effect, doubles included. */
  readonly effects: number;
  /** How often each job was done. */
  readonly timesDone: PersistentMap<number, number>;
  readonly doneTwice: number;
  /** Cards that were ever put into the queue. */
  readonly cards: number;
  readonly deadLetters: number;
  /** Places in the log whose acknowledged submission was overwritten. */
  readonly lost: PersistentMap<number, true>;
};

export const NO_JOBS: Jobs = {
  appliedIndex: 0,
  effects: 0,
  timesDone: emptyMap(),
  doneTwice: 0,
  cards: 0,
  deadLetters: 0,
  lost: emptyMap(),
};

/** After `committed` at a server. */
export function followJobs(
  before: Jobs,
  entry: TraceEntry,
  view: WorldView,
  acknowledged: PersistentMap<number, number>,
): Jobs {
  const server = view.process(entry.address)?.data as Server | undefined;
  if (server === undefined) return before;
  const checked = acknowledged.size === 0 ? before : withLost(before, entry, server, acknowledged);
  if (server.lastApplied <= checked.appliedIndex) return checked;
  const { done } = server.machine.queue;
  const { waiting, inFlight, done: doneCount, deadLetters } = queueCounts(server.machine);
  let { timesDone, doneTwice, effects } = checked;
  for (; effects < done.size; effects++) {
    const { jobId } = done.get(effects)!;
    const times = (timesDone.get(jobId) ?? 0) + 1;
    if (times > 1) doneTwice++;
    timesDone = timesDone.set(jobId, times);
  }
  return {
    ...checked,
    appliedIndex: server.lastApplied,
    effects,
    timesDone,
    doneTwice,
    cards: waiting + inFlight + doneCount + deadLetters,
    deadLetters,
  };
}

/** Whether something else was committed where an acknowledged submission stood. What a snapshot holds is not looked into. */
function withLost(
  before: Jobs,
  { data }: TraceEntry,
  server: Server,
  acknowledged: PersistentMap<number, number>,
): Jobs {
  let { lost } = before;
  for (let index = data.from as number; index <= (data.to as number); index++) {
    const jobId = acknowledged.get(index);
    const entry = jobId === undefined ? undefined : entryAt(server.disk.log, index);
    if (entry === undefined) continue;
    const { operation } = entry.kind === 'command' ? entry.command : { operation: undefined };
    if (operation?.op !== 'submit' || operation.jobId !== jobId) lost = lost.set(index, true);
  }
  return lost === before.lost ? before : { ...before, lost };
}
