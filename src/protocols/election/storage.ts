import { addressOf } from '../../kernel/addresses.ts';
import type { Address, Env } from '../../kernel/types.ts';
import { BROKER } from '../workQueue/worker.ts';
import { numberOf } from './places.ts';
import { cancelTimer, kept, note, type Out, type Step, send, startTimer } from './step.ts';
import type { OpenAssignment, Revision, Storage, Token } from './types.ts';

/*
 * The storage keeps which job was given to whom, and hands it on. It is the resource that fencing protects: it, and only
 * it, can tell a late write from one that is in time.
 */

type Act = Step<Storage>;

export const NEW_STORAGE: Storage = {
  highestToken: 0,
  grantRevision: 0,
  ledger: [],
  written: 0,
  accepted: 0,
  refused: 0,
  open: [],
};

const LEDGER_LINES = 24;

/** What is not settled is said again after so long. */
const AGAIN_MS = 3_000;

export const boot: Act = (_, { disk }, env, out) => {
  const known = (disk as Storage | undefined) ?? NEW_STORAGE;
  if (known.open.length > 0) out.now.push(startTimer('again', AGAIN_MS));
  return env.parameters.storageRemembersToken === true ? known : { ...known, highestToken: 0, grantRevision: 0 };
};

/**
 * A coordinator writes an assignment. With `storageChecksTokens` a token lower than the highest seen is refused
 * (Kleppmann, "How to do distributed locking", 2016: 33 after 34); with `storageComparesRevision` any write that does not
 * carry the revision of the present grant (etcd: a transaction on the create revision).
 */
export const write: Act = (storage, event, env, out) => {
  const { parameters, nowMicros } = env;
  const jobId = event.jobId as number;
  const worker = event.worker as Address;
  const token = event.token as Token;
  const from = event.from as Address;
  const isStale = parameters.storageChecksTokens === true && token < storage.highestToken;
  const isOther = parameters.storageComparesRevision === true && event.revision !== storage.grantRevision;
  const accepted = !isStale && !isOther;
  const highestToken = Math.max(storage.highestToken, token);
  const number = storage.written + 1;
  const line = { number, jobId, worker, token, from, accepted, atMicros: nowMicros };
  const after = { ...storage, highestToken, written: number, ledger: kept(storage.ledger, line, LEDGER_LINES) };
  const reply = send(from, { kind: 'written', key: event.key as string, jobId, token, accepted, highestToken });
  if (!accepted) {
    out.durably.push(note({ kind: 'writeRefused', jobId, token, highestToken: storage.highestToken, from }), reply);
    return { ...after, refused: storage.refused + 1 };
  }
  const one: OpenAssignment = { number, jobId, worker, isFinished: false, isNoted: false, tries: 1 };
  out.durably.push(note({ kind: 'writeAccepted', jobId, worker, token, from }), reply);
  handOn(one, out.durably);
  if (storage.open.length === 0) out.now.push(startTimer('again', AGAIN_MS));
  return { ...after, accepted: storage.accepted + 1, open: [...storage.open, one] };
};

/** The worker must do it, and the broker must know that it is assigned. Both are told again until they have answered. */
function handOn({ number, jobId, worker, isFinished, isNoted, tries }: OpenAssignment, effects: Out['now']): void {
  const key = `${number}.${tries}`;
  if (!isFinished) effects.push(send(worker, { kind: 'assignment', key, number, jobId }));
  if (!isNoted) effects.push(send(BROKER, { kind: 'assigned', key, number, jobId }));
}

export const handOnAgain: Act = (storage, _, env, out) => {
  if (storage.open.length === 0) return storage;
  out.now.push(startTimer('again', AGAIN_MS));
  const open = storage.open.map((one) => ({ ...one, worker: workerNow(one.worker, env), tries: one.tries + 1 }));
  for (const one of open) handOn(one, out.now);
  return { ...storage, open };
};

/** A worker that has left is replaced by one that is still there. */
function workerNow(worker: Address, { parameters }: Env): Address {
  const workers = Math.max(1, parameters.workers as number);
  const number = numberOf(worker);
  return number <= workers ? worker : addressOf('worker', 1 + (number % workers));
}

export const finished: Act = (storage, event, _, out) =>
  settle(storage, event.number as number, { isFinished: true }, out);

export const noted: Act = (storage, event, _, out) => settle(storage, event.number as number, { isNoted: true }, out);

function settle(storage: Storage, number: number, change: Partial<OpenAssignment>, out: Out): Storage {
  const one = storage.open.find((open) => open.number === number);
  if (one === undefined) return storage;
  const after = { ...one, ...change };
  const isSettled = after.isFinished && after.isNoted;
  const open = isSettled
    ? storage.open.filter((other) => other !== one)
    : storage.open.map((other) => (other === one ? after : other));
  if (open.length === 0) out.now.push(cancelTimer('again'));
  return { ...storage, open };
}

/** The lock service says which grant is the present one. A late word of an older one changes nothing. */
export const hearGrant: Act = (storage, event) => {
  const revision = event.revision as Revision;
  return revision > storage.grantRevision ? { ...storage, grantRevision: revision } : storage;
};
