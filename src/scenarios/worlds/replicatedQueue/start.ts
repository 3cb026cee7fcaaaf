import { addressOf } from '../../../kernel/addresses.ts';
import type { Address, Json, Parameters } from '../../../kernel/types.ts';
import { append, EMPTY_LOG, type Log } from '../../../protocols/raft/log.ts';
import type { RaftDisk, Term } from '../../../protocols/raft/types.ts';
import { show } from '../../sentences.ts';

/*
 * A given state: the disks with which the servers boot, where waiting can't lead (paper, Figures 7 and 8).
 * `logs` has the terms of a server's entries, written one after another: "1 1 1 4 4". All of them are empty entries.
 */

type Start = {
  readonly logs?: { readonly [server: Address]: string };
  /** For all servers, or for each. A server without one is in the term of its last entry. */
  readonly terms?: Term | { readonly [server: Address]: Term };
  /** Whom a server has voted for in its term. */
  readonly votedFor?: { readonly [server: Address]: Address };
};

const KEYS = ['logs', 'terms', 'votedFor'];
const TERM_MOST = 1_000_000;
const ENTRIES_MOST = 1_000;

/** The disks of a given state, one for each server that the cluster begins with. */
export function startDisksOfReplicatedQueue(start: Json, parameters: Parameters): ReadonlyMap<Address, RaftDisk> {
  const given = start as unknown as Start;
  return new Map(serversOf(parameters).map((server) => [server, diskOf(given, server)]));
}

function diskOf(start: Start, server: Address): RaftDisk {
  const log = logOf(start.logs?.[server] ?? '');
  const given = typeof start.terms === 'number' ? start.terms : start.terms?.[server];
  return { currentTerm: given ?? log.lastTerm, votedFor: start.votedFor?.[server], log, snapshot: undefined };
}

function logOf(terms: string): Log {
  return termsOf(terms).reduce((log, term) => append(log, { index: log.lastIndex + 1, term, kind: 'noOp' }), EMPTY_LOG);
}

function termsOf(text: string): readonly Term[] {
  return text === '' ? [] : text.split(' ').map(Number);
}

function serversOf(parameters: Parameters): readonly Address[] {
  return Array.from({ length: parameters.servers as number }, (_, k) => addressOf('server', k + 1));
}

/** One sentence if this is no given state of the replicated queue, undefined if it is one. */
export function checkStartOfReplicatedQueue(start: Json, parameters: Parameters): string | undefined {
  if (!isObject(start)) return `start is ${show(start)}: expected logs, terms or votedFor, each by server`;
  for (const key of Object.keys(start)) {
    if (!KEYS.includes(key)) return `start has the unknown key ${show(key)}: expected ${KEYS.join(', ')}`;
  }
  const servers = serversOf(parameters);
  const { logs, terms, votedFor } = start;
  const ofLogs = checkEach(logs, 'logs', servers, (log, where) =>
    typeof log === 'string' && isLog(log)
      ? undefined
      : `${where} is ${show(log)}: expected the terms of its entries, never falling, such as "1 1 4"`,
  );
  if (ofLogs !== undefined) return ofLogs;
  if (typeof terms === 'number') {
    const lastTerms = Object.values((logs ?? {}) as { readonly [server: Address]: string }).map(lastTermOf);
    if (!isTerm(terms, Math.max(0, ...lastTerms))) return wrongTerm('start.terms', terms);
  } else {
    const ofTerms = checkEach(terms, 'terms', servers, (term, where, server) => {
      const log = (logs as { readonly [server: Address]: string } | undefined)?.[server] ?? '';
      return isTerm(term, lastTermOf(log)) ? undefined : wrongTerm(where, term);
    });
    if (ofTerms !== undefined) return ofTerms;
  }
  return checkEach(votedFor, 'votedFor', servers, (vote, where) =>
    servers.includes(vote as Address) ? undefined : `${where} is ${show(vote)}: expected one of the servers`,
  );
}

function checkEach(
  given: Json | undefined,
  name: string,
  servers: readonly Address[],
  check: (value: Json | undefined, where: string, server: Address) => string | undefined,
): string | undefined {
  if (given === undefined) return undefined;
  if (!isObject(given)) return `start.${name} is ${show(given)}: expected one for each server, such as "server-1"`;
  for (const [server, value] of Object.entries(given)) {
    if (!servers.includes(server)) {
      return `start.${name} names ${show(server)}: expected server-1 to ${servers[servers.length - 1]}`;
    }
    const sentence = check(value, `start.${name}.${server}`, server);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLog(text: string): boolean {
  if (!/^(?:[1-9][0-9]{0,5}(?: [1-9][0-9]{0,5})*)?$/.test(text)) return false;
  const terms = termsOf(text);
  return terms.length <= ENTRIES_MOST && terms.every((term, k) => k === 0 || term >= terms[k - 1]!);
}

function lastTermOf(log: string): Term {
  return termsOf(log).at(-1) ?? 0;
}

function isTerm(value: Json | undefined, least: Term): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= TERM_MOST;
}

function wrongTerm(where: string, value: Json | undefined): string {
  return `${where} is ${show(value)}: expected a whole number, at least the last term in the log`;
}
