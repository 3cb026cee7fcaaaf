import { createMachine } from 'xstate';
import { parseAddress } from '../../kernel/addresses.ts';
import { sample } from '../../kernel/distributions.ts';
import { MICROS_PER_SECOND, microsOfMs } from '../../kernel/time.ts';
import type { Effect, Env, Micros } from '../../kernel/types.ts';
import { type Acting, act, type Handled, type Handler, machineProcess, when } from '../machineProcess.ts';
import { BROKER } from './worker.ts';
import { type ImageWorkItem, makeImageWorkItem } from './workItem.ts';

/** An item that the broker has not acknowledged yet. */
export type Pending = { readonly item: ImageWorkItem; readonly tries: number };

/** Someone who uploads images. */
export type ProducerData = {
  /** How many items it has made by itself; kept on disk, so that a restart does not number anew. */
  readonly made: number;
  /** How many more a person asked it for; on disk too. */
  readonly madeByHand: number;
  readonly pending: readonly Pending[];
  readonly submitted: number;
  readonly givenUp: number;
};

export const NEW_PRODUCER: ProducerData = { made: 0, madeByHand: 0, pending: [], submitted: 0, givenUp: 0 };

type Act = Handler<ProducerData>;

/** What a producer's disk keeps. */
type Made = Pick<ProducerData, 'made' | 'madeByHand'>;

/** Images that a person submits are numbered from here, so that the others keep their numbers, and with them their fate. */
const BY_HAND_FIRST = 9_001;
const BY_HAND_COUNT = 999;

/** The place in the order of all producers: they take turns, so producer p of P makes places p, p + P, p + 2P … */
function placeOf(nth: number, env: Env): number {
  return (nth - 1) * (env.parameters.producers as number) + parseAddress(env.address).number!;
}

/** The number of the image at a place; the numbers kept for those by hand are passed over. */
function numberAt(place: number): number {
  return place < BY_HAND_FIRST ? place : place + BY_HAND_COUNT;
}

/** The number of an image submitted by hand; beyond the numbers kept for them they go on from a million. */
function numberByHand(place: number): number {
  return place <= BY_HAND_COUNT ? BY_HAND_FIRST - 1 + place : 1_000_000 + place;
}

function isLast(nth: number, env: Env): boolean {
  const most = env.parameters.itemCount as number;
  return most > 0 && placeOf(nth, env) > most;
}

/** Time until the next arrival of this producer, undefined where none comes. Its draws belong to the arrival, by number. */
function gapMicros(nth: number, env: Env): Micros | undefined {
  const { parameters, address } = env;
  const perSecond = parameters.arrivalRatePerSecond as number;
  if (perSecond <= 0) return undefined;
  const producers = parameters.producers as number;
  const meanMicros = (MICROS_PER_SECOND * producers) / perSecond;
  switch (parameters.arrivals) {
    case 'poisson':
      return sample({ kind: 'exponential', meanMicros }, () => env.fate(`arrivals:${address}:${nth}`));
    case 'bursts': {
      const size = parameters.burstSize as number;
      return (nth - 1) % size === 0 ? Math.round(meanMicros * size) : 0;
    }
    default: {
      // Evenly over all producers together: the first ones are staggered.
      const first = nth === 1 ? parseAddress(address).number! / producers : 1;
      return Math.round(meanMicros * first);
    }
  }
}

function scheduleNext(made: number, env: Env): readonly Effect[] {
  const nth = made + 1;
  const gap = isLast(nth, env) ? undefined : gapMicros(nth, env);
  return gap === undefined
    ? [{ kind: 'cancelTimer', name: 'arrival' }]
    : [{ kind: 'startTimer', name: 'arrival', afterMicros: gap }];
}

function submission(pending: Pending, env: Env): readonly Effect[] {
  const { item, tries } = pending;
  const message = { kind: 'submit', key: `${item.id}.${tries}`, item, tries };
  const waitMs = env.parameters.submitTimeoutMs as number;
  return [
    { kind: 'send', to: BROKER, message },
    { kind: 'startTimer', name: `answer:${item.id}`, afterMicros: microsOfMs(waitMs) },
  ];
}

/** Makes an item and submits it, when the disk knows that its number is taken. */
function produce(data: Acting<ProducerData>, made: Made, itemId: number, env: Env): Handled<ProducerData> {
  const item = makeImageWorkItem(itemId, env);
  const pending: Pending = { item, tries: 1 };
  const { imageName, poison } = item;
  return {
    data: { ...made, pending: [...data.pending, pending] },
    effects: [
      { kind: 'note', fact: { kind: 'itemCreated', itemId: item.id, imageName, poison, size: item.size } },
      { kind: 'persist', disk: made, then: submission(pending, env) },
    ],
  };
}

const boot: Act = (_, { env, disk }) => {
  const kept = (disk as Made | undefined) ?? { made: 0, madeByHand: 0 };
  return { data: { ...NEW_PRODUCER, ...kept }, effects: scheduleNext(kept.made, env) };
};

const arrive: Act = (data, { env }) => {
  const made = data.made + 1;
  const { madeByHand } = data;
  const produced = produce(data, { made, madeByHand }, numberAt(placeOf(made, env)), env);
  return { data: produced.data, effects: [...produced.effects!, ...scheduleNext(made, env)] };
};

/** A person submits one more; the regular arrivals go on as they were, with the same numbers and fates. */
const submitOne: Act = (data, { env }) => {
  const madeByHand = data.madeByHand + 1;
  return produce(data, { made: data.made, madeByHand }, numberByHand(placeOf(madeByHand, env)), env);
};

const reschedule: Act = (data, { env }) => ({ effects: scheduleNext(data.made, env) });

const acknowledged: Act = (data, event) => {
  const itemId = event.itemId as number;
  if (!data.pending.some((one) => one.item.id === itemId)) return {};
  return {
    data: { pending: data.pending.filter((one) => one.item.id !== itemId), submitted: data.submitted + 1 },
    effects: [
      { kind: 'cancelTimer', name: `answer:${itemId}` },
      { kind: 'note', fact: { kind: 'itemAcknowledged', itemId } },
    ],
  };
};

/** No answer in time, or the queue was full when last asked: once more, until `submitAttempts` are used up. */
const submitAgain: Act = (data, { env, name }) => {
  const itemId = Number((name as string).split(':')[1]);
  const pending = data.pending.find((one) => one.item.id === itemId);
  if (pending === undefined) return {};
  if (pending.tries >= (env.parameters.submitAttempts as number))
    return giveUp(data, itemId, 'no answer from the queue');
  const next = { ...pending, tries: pending.tries + 1 };
  return {
    data: { pending: data.pending.map((one) => (one === pending ? next : one)) },
    effects: submission(next, env),
  };
};

/** Only the answer to the last try ends it: an older refusal may be overtaken by a submission that is taken. */
const refused: Act = (data, event) => {
  const itemId = event.itemId as number;
  const pending = data.pending.find((one) => one.item.id === itemId && one.tries === event.tries);
  if (pending === undefined || pending.tries < (event.env.parameters.submitAttempts as number)) return {};
  return giveUp(data, itemId, 'the queue is full');
};

function giveUp(data: Acting<ProducerData>, itemId: number, reason: string): Handled<ProducerData> {
  return {
    data: { pending: data.pending.filter((one) => one.item.id !== itemId), givenUp: data.givenUp + 1 },
    effects: [
      { kind: 'cancelTimer', name: `answer:${itemId}` },
      { kind: 'note', fact: { kind: 'submissionFailed', itemId, reason } },
    ],
  };
}

const hasMadeAll = when<ProducerData>((data, { env }) => isLast(data.made + 1, env));

const hearing = {
  'command.submit': { actions: act(submitOne) },
  submitted: { actions: act(acknowledged) },
  submissionRefused: { actions: act(refused) },
  'timer.answer': { actions: act(submitAgain) },
};

/** Submits images at a rate and keeps each until the broker has acknowledged it. */
export const producerMachine = createMachine({
  id: 'producer',
  context: { ...NEW_PRODUCER, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'producing', actions: act(boot) } } },
    producing: {
      description: 'Submits images.',
      on: {
        ...hearing,
        'timer.arrival': { actions: act(arrive) },
        parameterChanged: { actions: act(reschedule) },
        leaveRequested: 'gone',
      },
      always: { guard: hasMadeAll, target: 'done' },
    },
    done: {
      description: 'Has submitted all its images.',
      on: {
        ...hearing,
        parameterChanged: { target: 'producing', actions: act(reschedule) },
        leaveRequested: 'gone',
      },
    },
    gone: { description: 'Has left.', entry: act(() => ({ effects: [{ kind: 'leave' }] })) },
  },
});

/** A producer as a process; its disk keeps how many items it has made. */
export const producer = machineProcess<ProducerData>({ machine: producerMachine });
