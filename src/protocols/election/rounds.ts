import { addressOf } from '../../kernel/addresses.ts';
import { MICROS_PER_MS, microsOfMs } from '../../kernel/time.ts';
import type { Env, Micros } from '../../kernel/types.ts';
import { BROKER } from '../workQueue/worker.ts';
import { ask, close, isAwaited } from './asking.ts';
import { endLeading, hearToken } from './coordinator.ts';
import { STORAGE } from './places.ts';
import { cancelTimer, kept, note, type Out, type Step, send, startTimer } from './step.ts';
import { patienceMs } from './terms.ts';
import type { Assignment, Coordinator, Token } from './types.ts';

/*
 * The work of a leader, in rounds. At each full interval of its own clock it looks at its own list of jobs, prepares their
 * assignment, and writes. Between looking and writing time passes; that gap is what this world is about.
 */

type Act = Step<Coordinator>;

/** As many jobs as one round assigns. */
const ROUND_MOST = 10;

/** A leader asks the broker for the whole list when it begins, and then so often: a lost word is made good. */
const LIST_EVERY_MS = 5_000;

const REMEMBERED = 128;

// ————— the list —————

export const addJob: Act = (coordinator, event) => {
  const jobId = event.jobId as number;
  const { jobs, assignedLately } = coordinator;
  if (jobs.includes(jobId) || assignedLately.includes(jobId)) return coordinator;
  return { ...coordinator, jobs: [...jobs, jobId] };
};

export const dropJob: Act = (coordinator, event) => withoutJob(coordinator, event.jobId as number);

function withoutJob(coordinator: Coordinator, jobId: number): Coordinator {
  const { jobs, writing, assignedLately } = coordinator;
  return {
    ...coordinator,
    jobs: jobs.includes(jobId) ? jobs.filter((one) => one !== jobId) : jobs,
    writing: writing.some((one) => one.jobId === jobId) ? writing.filter((one) => one.jobId !== jobId) : writing,
    assignedLately: assignedLately.includes(jobId) ? assignedLately : kept(assignedLately, jobId, REMEMBERED),
  };
}

/** The broker's list, as it was when the broker answered. */
export const takeList: Act = (coordinator, event) => {
  const listed = event.jobs as readonly number[];
  const jobs = listed.filter((jobId) => !coordinator.assignedLately.includes(jobId));
  return { ...coordinator, jobs };
};

export const askForList: Act = (coordinator, _, __, out) => {
  out.now.push(send(BROKER, { kind: 'list' }), startTimer('list', LIST_EVERY_MS));
  return coordinator;
};

// ————— the rounds —————

/** It begins to lead: the list first, then round after round. */
export const beginLeading: Act = (coordinator, event, env, out) => {
  const token = coordinator.token!;
  out.now.push(note({ kind: 'leadershipBegan', token }));
  startRoundTimer(env, out);
  const { address } = env;
  const leading = { ...coordinator, isLeading: true, lastLedToken: token, leader: address, round: undefined };
  return askForList(leading, event, env, out);
};

/** It leads no longer: what was being prepared is dropped. What it has written is on its way. */
export const stopLeading: Act = (coordinator, _, { address }, out) => {
  const because = coordinator.lastEnd!;
  out.now.push(
    note({ kind: 'leadershipEnded', token: coordinator.lastLedToken, because }),
    cancelTimer('round'),
    cancelTimer('prepare'),
    cancelTimer('list'),
  );
  const leader = coordinator.leader === address ? undefined : coordinator.leader;
  return { ...coordinator, isLeading: false, leader, round: undefined, writing: [] };
};

function startRoundTimer({ nowMicros, parameters }: Env, out: Out): void {
  const intervalMicros = microsOfMs(parameters.assignIntervalMs as number);
  const sinceLast = ((nowMicros % intervalMicros) + intervalMicros) % intervalMicros;
  out.now.push(startTimer('round', (intervalMicros - sinceLast) / MICROS_PER_MS));
}

/** A round begins: it looks at its list. With `leaderChecksBeforeWrite` it first asks whether it still leads. */
export const look: Act = (coordinator, _, env, out) => {
  startRoundTimer(env, out);
  const { round } = coordinator;
  if (round !== undefined && round.checking === undefined) return coordinator;
  const assignments = assignmentsOf(coordinator, env);
  if (assignments.length === 0) return { ...coordinator, round: undefined };
  const { token, grantRevision, nextWorker, nextNumber } = coordinator;
  const looked = {
    ...coordinator,
    nextWorker: nextWorker + assignments.length,
    round: { assignments, token: token!, revision: grantRevision, lookedMicros: env.nowMicros, checking: undefined },
  };
  const { parameters } = env;
  if (parameters.leaderChecksBeforeWrite === true && hasLockService(parameters.strategy)) {
    const checking = { ...looked, round: { ...looked.round, checking: nextNumber } };
    return ask(checking, 'check', { token: token! }, env, out);
  }
  return prepare(looked, env, out);
};

export function hasLockService(strategy: unknown): boolean {
  return strategy === 'lease' || strategy === 'session' || strategy === 'lockDelay';
}

/** Jobs of its list that it is not writing already, with the workers whose turn it is. */
function assignmentsOf(coordinator: Coordinator, env: Env): readonly Assignment[] {
  const workers = env.parameters.workers as number;
  if (workers === 0) return [];
  const patience = microsOfMs(patienceMs(env.parameters.storageDiskSyncMs as number, env.parameters));
  const isOpen = (jobId: number) =>
    coordinator.writing.some((one) => one.jobId === jobId && isRecent(one.sentMicros, env.nowMicros, patience));
  return coordinator.jobs
    .filter((jobId) => !isOpen(jobId))
    .slice(0, ROUND_MOST)
    .map((jobId, k) => ({ jobId, worker: addressOf('worker', 1 + ((coordinator.nextWorker + k) % workers)) }));
}

function isRecent(sentMicros: Micros, nowMicros: Micros, patience: Micros): boolean {
  return nowMicros >= sentMicros && nowMicros - sentMicros < patience;
}

function prepare(coordinator: Coordinator, { parameters }: Env, out: Out): Coordinator {
  const afterMicros = microsOfMs(parameters.prepareMs as number);
  out.now.push({ kind: 'startTimer', name: 'prepare', afterMicros, work: true });
  return coordinator;
}

/** The lock service says whether it still leads: as it was when the lock service answered. */
export const hearCheck: Act = (coordinator, event, env, out) => {
  if (!isAwaited(coordinator, event)) return coordinator;
  const heard = close(coordinator, event, out);
  const { round } = heard;
  if (round?.checking !== event.number) return heard;
  if (event.holds !== true) return endLeading({ ...heard, round: undefined }, 'lost');
  return prepare({ ...heard, round: { ...round!, checking: undefined } }, env, out);
};

/** The preparation is over: it writes, with the token that it had when it looked. It looks at no clock here. */
export const write: Act = (coordinator, _, env, out) => {
  const { round } = coordinator;
  if (round === undefined) return coordinator;
  const { assignments, token, revision } = round;
  const sentMicros = env.nowMicros;
  for (const { jobId, worker } of assignments) {
    const key = `${jobId}.${token}.${env.address}.${sentMicros}`;
    out.now.push(
      note({ kind: 'assignmentPrepared', jobId, token }),
      send(STORAGE, { kind: 'write', key, jobId, worker, token, revision }),
    );
  }
  const jobIds = assignments.map(({ jobId }) => jobId);
  const others = coordinator.writing.filter(({ jobId }) => !jobIds.includes(jobId));
  const writing = [...others, ...assignments.map((one) => ({ ...one, sentMicros }))];
  return { ...coordinator, round: undefined, writing };
};

/** Storage has answered. A leader whose token is not the highest any more has been replaced, whatever its lease says. */
export const hearWritten: Act = (coordinator, event, _, out) => {
  const jobId = event.jobId as number;
  if (event.accepted === true) return { ...withoutJob(coordinator, jobId), accepted: coordinator.accepted + 1 };
  const writing = coordinator.writing.filter((one) => one.jobId !== jobId);
  const highestToken = event.highestToken as Token;
  const refused = hearToken({ ...coordinator, writing, refused: coordinator.refused + 1 }, highestToken, out);
  const isReplaced = highestToken > (coordinator.token ?? 0);
  return coordinator.turn === 'leading' && isReplaced ? endLeading(refused, 'higherToken') : refused;
};
