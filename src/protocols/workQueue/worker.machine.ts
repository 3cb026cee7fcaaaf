import { createMachine } from 'xstate';
import { microsOfMs } from '../../kernel/time.ts';
import type { Effect } from '../../kernel/types.ts';
import { act, type Handler, lasting, machineProcess, when } from '../machineProcess.ts';
import {
  attemptKey,
  BROKER,
  DEPENDENCY,
  distributorFor,
  type Holding,
  type ImageWorker,
  NEW_WORKER,
  NO_ANSWER_REASON,
  prepareAttempt,
  REFUSED_REASON,
  RESULT_STORE,
  STORE_NO_ANSWER_REASON,
  TIMED_OUT_REASON,
  toBroker,
} from './worker.ts';
import type { ImageWorkItem } from './workItem.ts';

/** An answer to a long poll that is later than this beyond the poll's own length is taken for lost. */
const ANSWER_SLACK_MS = 5_000;

/** How long a worker waits for the image store or the result store before it takes the call for failed. */
const CALL_TIMEOUT_MS = 5_000;

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

const take: Act = (_, event) => {
  const { env } = event;
  const { parameters } = env;
  const receiveCount = event.receiveCount as number;
  const received: Holding = {
    item: event.item as ImageWorkItem,
    messageId: event.messageId as number,
    receipt: event.receipt as number,
    receiveCount,
    previousDelayMs: event.lastDelayMs as number,
    attempt: receiveCount,
    strategy: parameters.retryStrategy as string,
    receivedMicros: env.nowMicros,
    attemptStartedMicros: env.nowMicros,
    workMicros: 0,
    fatedReason: undefined,
    beats: 0,
  };
  const holding = prepareAttempt(received, receiveCount, env);
  const effects: Effect[] = [];
  if (distributorFor(holding).deletes === 'beforeWork') effects.push(toBroker('delete', holding, {}));
  else if ((parameters.heartbeatMs as number) > 0) {
    effects.push({ kind: 'startTimer', name: 'heartbeat', afterMicros: microsOfMs(parameters.heartbeatMs as number) });
  }
  const jobTimeoutMs = parameters.jobTimeoutMs as number;
  if (jobTimeoutMs > 0) effects.push({ kind: 'startTimer', name: 'jobTimeout', afterMicros: microsOfMs(jobTimeoutMs) });
  return { data: { holding }, effects: [...effects, ...beginning(holding)] };
};

function beginning(holding: Holding): readonly Effect[] {
  const { item, attempt, receiveCount } = holding;
  return [
    { kind: 'note', fact: { kind: 'workStarted', itemId: item.id, attempt, receiveCount } },
    { kind: 'startTimer', name: 'work', afterMicros: holding.workMicros, work: true },
  ];
}

const tryAgain: Act = (data, { env }) => {
  const holding = prepareAttempt(data.holding!, data.holding!.attempt + 1, env);
  return { data: { holding, decision: undefined }, effects: beginning(holding) };
};

/** An attempt has failed: the distributor says what follows, and the item is settled accordingly. */
function fail(reasonOf: (holding: Holding) => string): Act {
  return (data, { env }) => {
    const holding = data.holding!;
    const reason = reasonOf(holding);
    const { item, attempt, receiveCount, previousDelayMs } = holding;
    const after = distributorFor(holding).afterFailure({
      itemId: item.id,
      attempt,
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
      effects.push(hasDeadLetters ? toBroker('deadLetter', holding, { reason }) : toBroker('delete', holding, {}));
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
  if (distributorFor(holding).deletes === 'afterWork') effects.push(toBroker('delete', holding, {}));
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
const isAnswerAndRests = when<ImageWorker>(
  (data, event) => event.requestId === data.requestId && (event.env.parameters.pollIntervalMs as number) > 0,
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
        received: [{ guard: isAnswer, target: 'working', actions: act(take) }, { actions: act(ignore) }],
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
          after: { callTimeout: { target: '#worker.deciding', actions: act(fail(() => STORE_NO_ANSWER_REASON)) } },
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
    answerOverdue: lasting<ImageWorker>((_, { env }) => (env.parameters.longPollMs as number) + ANSWER_SLACK_MS),
    pollInterval: lasting<ImageWorker>((_, { env }) => env.parameters.pollIntervalMs as number),
    callTimeout: lasting<ImageWorker>(() => CALL_TIMEOUT_MS),
  },
} as never);

/** A worker as a process. It has no disk: a restarted worker knows nothing of what it held. */
export const worker = machineProcess<ImageWorker>({ machine: workerMachine });
