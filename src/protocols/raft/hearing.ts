import type { Address, Effect, Env } from '../../kernel/types.ts';
import { act, type MachineEvent } from '../machineProcess.ts';
import { type Asker, askAgain, type Heard, hearNothing, hearReply, numberOfTimer } from './asking.ts';
import type { ClientReply } from './types.ts';

/*
 * How the machines of clients and workers hear. Both have an asker among their data.
 */

/** The next data of a client or worker, and what is to be done, in order. */
export type Next<S> = { readonly state: S; readonly effects: readonly Effect[] };

/** Wraps a pure function of the data and an event as an action of a machine. */
export function stepping<S>(step: (data: S, event: MachineEvent) => Next<S>) {
  return act<S>((data, event) => {
    const { state, effects } = step(data, event);
    return { data: state, effects };
  });
}

/** What an asker hears, in every state in which something may be open; `after` says what follows for its owner. */
export function hearingAnswers<S extends { readonly asker: Asker }>(
  after: (data: S, heard: Heard, env: Env) => Next<S>,
) {
  const onTimer = (hear: (asker: Asker, number: number, env: Env) => Heard) => ({
    actions: stepping<S>((data, { env, name }) =>
      after(data, hear(data.asker, numberOfTimer(name as string), env), env),
    ),
  });
  return {
    reply: {
      actions: stepping<S>((data, event) => {
        const { env } = event;
        return after(data, hearReply(data.asker, event as unknown as ClientReply, event.from as Address, env), env);
      }),
    },
    'timer.answer': onTimer(hearNothing),
    'timer.again': onTimer(askAgain),
  };
}
