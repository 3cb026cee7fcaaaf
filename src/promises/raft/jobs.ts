import type { TraceEntry } from '../../kernel/types.ts';
import type { Entry, Result } from '../../protocols/raft/index.ts';
import { breaks, committedAt, inWords, type Look, type RaftHistory, sentence } from './history.ts';

/** A client hears that its image is in the queue: the servers must have agreed upon that card. */
export function checkReturned(before: RaftHistory, entry: TraceEntry): RaftHistory {
  const result = entry.data.result as Result | undefined;
  if (entry.data.status !== 'ok' || result === undefined || !('isDuplicate' in result)) return before;
  const { position } = result;
  const committed = committedAt(before, position)?.entry;
  if (committed?.kind === 'command' && committed.command.operation.op === 'submit') {
    const { jobId } = committed.command.operation;
    return { ...before, acknowledgedCards: before.acknowledgedCards.set(position, jobId) };
  }
  const because = `${sentence(entry.address)} was told that its image is in the queue as card ${position}, and no server has agreed upon that.`;
  return breaks(before, 'noAcknowledgedJobLost', entry, because);
}

/** At an index where a card was acknowledged, something else has been applied. */
export function checkCardLost(before: RaftHistory, entry: TraceEntry, index: number): RaftHistory {
  const jobId = before.acknowledgedCards.get(index);
  if (jobId === undefined) return before;
  const because = `Image ${jobId} was acknowledged as card ${index}, and another entry stands there now.`;
  return breaks(before, 'noAcknowledgedJobLost', entry, because);
}

/** What has just been completed was not completed before. All servers complete the same cards in the same order. */
export function checkDone(before: RaftHistory, look: Look): RaftHistory {
  const { done } = look.server.machine.queue;
  if (done.endIndex <= before.doneSeen) return before;
  let history: RaftHistory = { ...before, doneSeen: done.endIndex };
  for (const card of done.slice(before.doneSeen)) {
    const first = history.doneImages.get(card.jobId);
    if (first === undefined) {
      history = { ...history, doneImages: history.doneImages.set(card.jobId, card.position) };
      continue;
    }
    const because =
      first === card.position
        ? `Image ${card.jobId} was completed twice as card ${first}.`
        : `Image ${card.jobId} was completed twice: as card ${first} and as card ${card.position}.`;
    history = breaks(history, 'eachJobTakesEffectOnce', look.entry, because);
  }
  return history;
}

/**
 * Sessions make a repetition harmless (DISS 6.3), so one that a client has asked for under exactly-once delivery carries
 * its session into the log. Twice without it, it takes effect twice.
 */
export function checkBare(before: RaftHistory, look: Look, own: Entry): RaftHistory {
  if (own.kind !== 'command' || look.view.parameters.delivery !== 'exactlyOnce') return before;
  const { client, number, session, operation } = own.command;
  if (session !== undefined || operation.op === 'register') return before;
  const key = `${client}/${number}`;
  const first = before.bareOperations.get(key);
  if (first === undefined) return { ...before, bareOperations: before.bareOperations.set(key, own.index) };
  const because = `What ${inWords(client)} asked for once has taken effect twice: at entry ${first} and at entry ${own.index}.`;
  return breaks(before, 'exactlyOnceInSession', look.entry, because);
}
