import { createMachine } from 'xstate';
import { microsOfMs } from '../../kernel/time.ts';
import type { Effect, Env } from '../../kernel/types.ts';
import { act, type Handler, lasting, machineProcess, when } from '../machineProcess.ts';
import { distributorOf } from './distributors/index.ts';
import {
  attemptKey,
  BROKER,
  DEPENDENCY,
  distributorFor,
  type Holding,
  type ImageWorker,
  NEW_WORKER,
  NO_ANSWER_REASON,
  patienceMs,
  prepareAttempt,
  REFUSED_REASON,
  RESULT_STORE,
  STORE_NO_ANSWER_REASON,
  TIMED_OUT_REASON,
  toBroker,
} from './worker.ts';
import type { ImageWorkItem } from './workItem.ts';

/** A worker that may ask again at once rests for this long all the same, or time would stand still on a fast link. */
const REST_LEAST_MS = 1;

type Act = Handler<ImageWorker>;

const ask: Act = (data, { env }) => {
  const requestId = data.requestId + 1;
  const waitMs = env.parameters.longPollMs as number;
  const message = { kind: 'receive', requestId, waitMs };
  return {
    data: { requestId, holding: undefined, decision: undefined },
    effects: [{ kind: 'send', to: BROKER, message }],
  };
};

/** After a restart answers to the worker's former self must not be mistaken for answers to this one. */
const boot: Act = (_, { env }) => ({ data: { ...NEW_WORKER, requestId: env.nowMicros } });

/** Takes the item that was handed out and begins, or, where it must be deleted before the work, asks for that first. */
const take: Act = (_, event) => {
  const { env } = event;
  const { parameters } = env;
  const item = event.item as ImageWorkItem;
  const receiveCount = event.receiveCount as number;
  const received: Holding = {
    item,
    messageId: event.messageId as number,
    receipt: event.receipt as number,
    receiveCount,
    previousDelayMs: event.lastDelayMs as number,
    attempt: item.attempts + receiveCount,
    strategy: parameters.retryStrategy as string,
    receivedMicros: env.nowMicros,
    attemptStartedMicros: env.nowMicros,
    workMicros: 0,
    fatedReason: undefined,
    beats: 0,
  };
  if (distributorFor(received).deletes === 'beforeWork') {
    return { data: { holding: received }, effects: [toBroker('delete', received, { why: 'beforeWork' })] };
  }
  const effects: Effect[] = [];
  const heartbeatMs = parameters.heartbeatMs as number;
  if (heartbeatMs > 0) effects.push({ kind: 'startTimer', name: 'heartbeat', afterMicros: microsOfMs(heartbeatMs) });
  const holding = prepareAttempt(received, received.attempt, env);
  return { data: { holding }, effects: [...effects, ...beginning(holding, env)] };
};

/** The queue has forgotten the item. Now it is only here. */
const begin: Act = (data, { env }) => {
  const holding = prepareAttempt(data.holding!, data.holding!.attempt, env);
  return { data: { holding }, effects: beginning(holding, env) };
};

/** Without the queue's word that it has forgotten the item, someone else may get it too: at most once means hands off. */
const abandon: Act = (data) => ({
  effects: [{ kind: 'note', fact: { kind: 'deliveryAbandoned', itemId: data.holding!.item.id } }],
});

/** The job timeout is for one attempt, so each starts it anew. */
function beginning(holding: Holding, env: Env): readonly Effect[] {
  const { item, attempt, receiveCount } = holding;
  const jobTimeoutMs = env.parameters.jobTimeoutMs as number;
  return [
    jobTimeoutMs > 0
      ? { kind: 'startTimer', name: 'jobTimeout', afterMicros: microsOfMs(jobTimeoutMs) }
      : { kind: 'cancelTimer', name: 'jobTimeout' },
    { kind: 'note', fact: { kind: 'workStarted', itemId: item.id, attempt, receiveCount } },
    { kind: 'startTimer', name: 'work', afterMicros: holding.workMicros, work: true },
  ];
}

const tryAgain: Act = (data, { env }) => {
  const holding = prepareAttempt(data.holding!, data.holding!.attempt + 1, env);
  return { data: { holding, decision: undefined }, effects: beginning(holding, env) };
};

/** An attempt has failed: the distributor says what follows, and the item is settled accordingly. */
function fail(reasonOf: (holding: Holding) => string): Act {
  return (data, { env }) => {
    const holding = data.holding!;
    const reason = reasonOf(holding);
    const { item, attempt, receiveCount, previousDelayMs } = holding;
    const after = distributorFor(holding).afterFailure({
      itemId: item.id,
      attempt: attempt - item.attempts,
      receiveCount,
      reason,
      previousDelayMs,
      env,
    });
    const delayMs = after.do === 'release' ? after.delayMs : undefined;
    const fact = { kind: 'workFailed', itemId: item.id, attempt, reason, decision: after.do, delayMs };
    const effects: Effect[] = [
      { kind: 'cancelTimer', name: 'work' },
      { kind: 'note', fact },
    ];
    if (after.do !== 'again') effects.push(...settling);
    if (after.do === 'release') effects.push(toBroker('release', holding, { delayMs: after.delayMs, reason }));
    if (after.do === 'giveUp') {
      const hasDeadLetters = (env.parameters.maxReceiveCount as number) > 0;
      effects.push(
        hasDeadLetters
          ? toBroker('deadLetter', holding, { reason, attempt })
          : toBroker('delete', holding, { why: 'givenUp' }),
      );
    }
    return { data: { decision: after.do, failed: data.failed + 1 }, effects };
  };
}

const settling: readonly Effect[] = [
  { kind: 'cancelTimer', name: 'heartbeat' },
  { kind: 'cancelTimer', name: 'jobTimeout' },
];

const call: Act = (data) => {
  const holding = data.holding!;
  const { item, attempt } = holding;
  const message = { kind: 'call', key: attemptKey(holding), itemId: item.id, attempt };
  return { effects: [{ kind: 'send', to: DEPENDENCY, message }] };
};

const store: Act = (data) => {
  const holding = data.holding!;
  const message = { kind: 'store', key: attemptKey(holding), itemId: holding.item.id };
  return { effects: [{ kind: 'send', to: RESULT_STORE, message }] };
};

/** The result is stored. Now, and only now, the item is deleted, unless that was done before the work. */
const finish: Act = (data) => {
  const holding = data.holding!;
  const fact = { kind: 'workFinished', itemId: holding.item.id, attempt: holding.attempt };
  const effects: Effect[] = [{ kind: 'note', fact }, ...settling];
  if (distributorFor(holding).deletes === 'afterWork') effects.push(toBroker('delete', holding, { why: 'done' }));
  return { data: { succeeded: data.succeeded + 1, decision: undefined }, effects };
};

const extend: Act = (data, { env }) => {
  const { parameters } = env;
  const heartbeatMs = parameters.heartbeatMs as number;
  if (heartbeatMs <= 0) return {};
  const holding = { ...data.holding!, beats: data.holding!.beats + 1 };
  const fields = { timeoutMs: parameters.visibilityTimeoutMs as number, beat: holding.beats };
  return {
    data: { holding },
    effects: [
      toBroker('changeVisibility', holding, fields, `.${holding.beats}`),
      { kind: 'startTimer', name: 'heartbeat', afterMicros: microsOfMs(heartbeatMs) },
    ],
  };
};

const wantToLeave: Act = () => ({ data: { leaving: true } });
const stopAsking: Act = () => ({
  data: { leaving: true },
  effects: [{ kind: 'send', to: BROKER, message: { kind: 'stopAsking' } }],
});
const leave: Act = () => ({ data: { holding: undefined }, effects: [{ kind: 'leave' }] });

/** An item came that nobody here asked for any more. Nothing is done: its visibility timeout will bring it back. */
const ignore: Act = (_, event) => ({
  effects: [{ kind: 'note', fact: { kind: 'deliveryIgnored', itemId: (event.item as ImageWorkItem).id } }],
});

const isAnswer = when<ImageWorker>((data, event) => event.requestId === data.requestId);
const isLeaving = when<ImageWorker>((data) => data.leaving);
const isAnswerAndLeaving = when<ImageWorker>((data, event) => event.requestId === data.requestId && data.leaving);
const isAnswerAndDeletesFirst = when<ImageWorker>(
  (data, event) =>
    event.requestId === data.requestId &&
    distributorOf(event.env.parameters.retryStrategy as string).deletes === 'beforeWork',
);
const isAnswerAndRests = when<ImageWorker>((data, { requestId, env: { parameters } }) => {
  const mayRest = (parameters.pollIntervalMs as number) > 0 || parameters.longPollMs === 0;
  return requestId === data.requestId && mayRest;
});
const isOurReceipt = when<ImageWorker>(
  (data, event) => event.messageId === data.holding!.messageId && event.receipt === data.holding!.receipt,
);
const isFatedToFail = when<ImageWorker>((data) => data.holding!.fatedReason !== undefined);
const callsTheStore = when<ImageWorker>((_, event) => (event.env.parameters.dependencyConcurrency as number) > 0);
const isOurs = when<ImageWorker>((data, event) => event.about === attemptKey(data.holding!));
const decidesAgain = when<ImageWorker>((data) => data.decision === 'again');

const failTimedOut = act(fail(() => TIMED_OUT_REASON));

/** A worker: asks, works, stores, deletes; one item at a time. */
export const workerMachine = createMachine({
  id: 'worker',
  context: { ...NEW_WORKER, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'asking', actions: act(boot) } } },
    asking: {
      description: 'Waits at the queue for the next item.',
      entry: act(ask),
      on: {
        received: [
          { guard: isAnswerAndDeletesFirst, target: 'working.deleting', actions: act(take) },
          { guard: isAnswer, target: 'working', actions: act(take) },
          { actions: act(ignore) },
        ],
        nothing: [
          { guard: isAnswerAndLeaving, target: 'leaving' },
          { guard: isAnswerAndRests, target: 'resting' },
          { guard: isAnswer, target: 'asking', reenter: true },
        ],
        leaveRequested: { actions: act(stopAsking) },
      },
      after: {
        answerOverdue: [
          { guard: isLeaving, target: 'leaving' },
          { target: 'asking', reenter: true },
        ],
      },
    },
    resting: {
      description: 'The queue was empty; it looks again in a moment.',
      on: { leaveRequested: 'leaving', received: { actions: act(ignore) } },
      after: { pollInterval: 'asking' },
    },
    working: {
      description: 'Has an item and works on it.',
      initial: 'processing',
      on: {
        received: { actions: act(ignore) },
        'timer.heartbeat': { actions: act(extend) },
        'timer.jobTimeout': { target: 'deciding', actions: failTimedOut },
        leaveRequested: { actions: act(wantToLeave) },
      },
      states: {
        deleting: {
          description: 'Has the queue forget the item before it begins, and waits until it has.',
          on: {
            deleted: { guard: isOurReceipt, target: 'processing', actions: act(begin) },
            refused: { guard: isOurReceipt, target: '#worker.deciding', actions: act(abandon) },
          },
          after: { answerTimeout: { target: '#worker.deciding', actions: act(abandon) } },
        },
        processing: {
          description: 'Works on the image.',
          on: {
            'timer.work': [
              { guard: isFatedToFail, target: '#worker.deciding', actions: act(fail((held) => held.fatedReason!)) },
              { guard: callsTheStore, target: 'calling', actions: act(call) },
              { target: 'storing', actions: act(store) },
            ],
          },
        },
        calling: {
          description: 'Waits for the image store.',
          on: {
            callDone: { guard: isOurs, target: 'storing', actions: act(store) },
            callRefused: { guard: isOurs, target: '#worker.deciding', actions: act(fail(() => REFUSED_REASON)) },
          },
          after: { callTimeout: { target: '#worker.deciding', actions: act(fail(() => NO_ANSWER_REASON)) } },
        },
        storing: {
          description: 'Writes the result and waits until it is kept.',
          on: { stored: { guard: isOurs, target: '#worker.deciding', actions: act(finish) } },
          after: { storeTimeout: { target: '#worker.deciding', actions: act(fail(() => STORE_NO_ANSWER_REASON)) } },
        },
      },
    },
    deciding: {
      description: 'Settles the item: delete, release, try again.',
      always: [
        { guard: decidesAgain, target: 'working', actions: act(tryAgain) },
        { guard: isLeaving, target: 'leaving' },
        { target: 'asking' },
      ],
    },
    leaving: {
      description: 'Has finished and goes.',
      entry: act(leave),
    },
  },
}).provide({
  delays: {
    answerOverdue: lasting<ImageWorker>(
      (_, { env }) => (env.parameters.longPollMs as number) + patienceMs('linkMs', env),
    ),
    answerTimeout: lasting<ImageWorker>((_, { env }) => patienceMs('linkMs', env)),
    pollInterval: lasting<ImageWorker>((_, { env }) =>
      Math.max(REST_LEAST_MS, env.parameters.pollIntervalMs as number),
    ),
    callTimeout: lasting<ImageWorker>((_, { env }) =>
      patienceMs('storeLinkMs', env, env.parameters.dependencyMs as number),
    ),
    storeTimeout: lasting<ImageWorker>((_, { env }) => patienceMs('storeLinkMs', env)),
  },
} as never);

/** A worker as a process. It has no disk: a restarted worker knows nothing of what it held. */
export const worker = machineProcess<ImageWorker>({ machine: workerMachine });
