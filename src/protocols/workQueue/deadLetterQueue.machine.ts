import { createMachine } from 'xstate';
import { MICROS_PER_SECOND, microsOfMs } from '../../kernel/time.ts';
import type { Effect, Env, Micros } from '../../kernel/types.ts';
import { act, type Handled, type Handler, machineProcess } from '../machineProcess.ts';
import type { DeadLetter } from './queueMessage.ts';
import { BROKER, patienceMs } from './worker.ts';

/** A redrive that the broker has not acknowledged is sent again after this long, or later on slow links. */
const REDRIVE_RESEND_MS = 2_000;

/** A letter as it lies here; `redriveTries` counts how often it was sent back, 0 while it only lies. */
export type KeptLetter = DeadLetter & { readonly arrivedMicros: Micros; readonly redriveTries: number };

/** The tray for what failed for good, with the reasons. (`IDeadLetterQueue` in the workshop's C# series.) */
export type DeadLetterQueue = {
  /** In the order of arrival. */
  readonly letters: readonly KeptLetter[];
  /** Letters a second, while a redrive at a rate goes on; 0 otherwise. */
  readonly redriveRatePerSecond: number;
  readonly received: number;
  readonly redriven: number;
};

const EMPTY: DeadLetterQueue = { letters: [], redriveRatePerSecond: 0, received: 0, redriven: 0 };

type Act = Handler<DeadLetterQueue>;

function persisted(data: DeadLetterQueue, then: readonly Effect[]): { data: DeadLetterQueue; effects: Effect[] } {
  const { letters, redriveRatePerSecond, received, redriven } = data;
  const disk: DeadLetterQueue = { letters, redriveRatePerSecond, received, redriven };
  return { data: disk, effects: [{ kind: 'persist', disk, then }] };
}

/** After a restart what was on its way back is sent again, and a redrive at a rate goes on. */
const boot: Act = (_, { disk, env }) => {
  const kept = (disk as DeadLetterQueue | undefined) ?? EMPTY;
  const again = kept.letters.filter((letter) => letter.redriveTries > 0).map((letter) => resendTimer(letter, env));
  return { data: kept, effects: kept.redriveRatePerSecond > 0 ? [...again, ...nextAfter(0)] : again };
};

const keep: Act = (data, event) => {
  const letter = event.letter as DeadLetter;
  const { messageId, item, reason, receives } = letter;
  const message = { kind: 'letterKept', key: event.key as string, letterId: messageId };
  const answer: Effect = { kind: 'send', to: BROKER, message };
  if (data.letters.some((one) => one.messageId === messageId)) return { effects: [answer] };
  const kept: KeptLetter = { ...letter, arrivedMicros: event.env.nowMicros, redriveTries: 0 };
  return persisted({ ...data, letters: [...data.letters, kept], received: data.received + 1 }, [
    { kind: 'note', fact: { kind: 'letterArrived', itemId: item.id, messageId, reason, receives } },
    answer,
  ]);
};

function sendBack(letter: KeptLetter, tries: number, env: Env): readonly Effect[] {
  const key = `${letter.item.id}.${letter.messageId}.${tries}`;
  const message = { kind: 'redrive', key, item: letter.item, letterId: letter.messageId, tries };
  return [{ kind: 'send', to: BROKER, message }, resendTimer(letter, env)];
}

function resendTimer(letter: KeptLetter, env: Env): Effect {
  const patience = patienceMs('linkMs', env, 0, REDRIVE_RESEND_MS);
  return { kind: 'startTimer', name: `back:${letter.messageId}`, afterMicros: microsOfMs(patience) };
}

/** Sends letters back, the oldest first (SQS, dead-letter queue redrive): one item, all at once, or at a rate. */
const redrive: Act = (data, event) => {
  const rate = event.ratePerSecond as number | undefined;
  if (rate !== undefined) return persisted({ ...data, redriveRatePerSecond: rate }, nextAfter(0));
  const itemId = event.item as number | undefined;
  return sendAll(data, event.env, (letter) => itemId === undefined || letter.item.id === itemId);
};

function sendAll(data: DeadLetterQueue, env: Env, concerns: (letter: KeptLetter) => boolean): Handled<DeadLetterQueue> {
  const going = data.letters.filter((letter) => letter.redriveTries === 0 && concerns(letter));
  if (going.length === 0) return {};
  const letters = data.letters.map((letter) => (going.includes(letter) ? { ...letter, redriveTries: 1 } : letter));
  return persisted(
    { ...data, letters },
    going.flatMap((letter) => sendBack(letter, 1, env)),
  );
}

function nextAfter(afterMicros: Micros): readonly Effect[] {
  return [{ kind: 'startTimer', name: 'next', afterMicros }];
}

const sendNext: Act = (data, { env }) => {
  const next = data.letters.find((letter) => letter.redriveTries === 0);
  const rate = data.redriveRatePerSecond;
  if (next === undefined || rate <= 0) return { data: { redriveRatePerSecond: 0 } };
  const sent = sendAll(data, env, (letter) => letter === next);
  return { data: sent.data, effects: [...sent.effects!, ...nextAfter(Math.round(MICROS_PER_SECOND / rate))] };
};

const sendAgain: Act = (data, { name, env }) => {
  const messageId = Number((name as string).split(':')[1]);
  const letter = data.letters.find((one) => one.messageId === messageId);
  if (letter === undefined) return {};
  const tries = letter.redriveTries + 1;
  const letters = data.letters.map((one) => (one === letter ? { ...one, redriveTries: tries } : one));
  return persisted({ ...data, letters }, sendBack(letter, tries, env));
};

const gone: Act = (data, event) => {
  const letter = data.letters.find((one) => one.messageId === event.letterId);
  if (letter === undefined) return {};
  const letters = data.letters.filter((one) => one !== letter);
  const { item, messageId } = letter;
  const after = persisted({ ...data, letters, redriven: data.redriven + 1 }, [
    { kind: 'note', fact: { kind: 'letterRedriven', itemId: item.id, messageId } },
  ]);
  return { data: after.data, effects: [{ kind: 'cancelTimer', name: `back:${messageId}` }, ...after.effects] };
};

/** Keeps what failed for good, with its reason, until someone looks. */
export const deadLetterQueueMachine = createMachine({
  id: 'dead-letter-queue',
  context: { ...EMPTY, outbox: [] },
  initial: 'off',
  states: {
    off: { on: { boot: { target: 'keeping', actions: act(boot) } } },
    keeping: {
      description: 'Keeps what failed for good, with its reason.',
      on: {
        deadLetter: { actions: act(keep) },
        redriven: { actions: act(gone) },
        'command.redrive': { actions: act(redrive) },
        'timer.next': { actions: act(sendNext) },
        'timer.back': { actions: act(sendAgain) },
      },
    },
  },
});

/** The dead-letter queue as a process. */
export const deadLetterQueue = machineProcess<DeadLetterQueue>({ machine: deadLetterQueueMachine });
