import type { Json } from '../../kernel/types.ts';
import { entriesFrom } from './log.ts';
import type { Configuration } from './membership.ts';
import { machineJson } from './stateMachine.ts';
import type { Entry, Leadership, Server } from './types.ts';

/** As many entries of the log as inspector and terminal show. */
const ENTRIES_SHOWN = 20;

/** What page, terminal and inspector show of a server: its own view of things, in the field's words. */
export function inspectServer(server: Server, state: string): Json {
  const { disk, commitIndex, lastApplied, configuration, leaderId, candidacy, leadership, incoming } = server;
  const { currentTerm, votedFor, log } = disk;
  const from = Math.max(log.snapshotIndex, log.lastIndex - ENTRIES_SHOWN) + 1;
  return {
    role: state,
    currentTerm,
    votedFor: votedFor ?? null,
    leader: leaderId ?? null,
    commitIndex,
    lastApplied,
    lastLogIndex: log.lastIndex,
    lastLogTerm: log.lastTerm,
    snapshotIndex: log.snapshotIndex,
    writesUnderWay: server.writes.length,
    configuration: configurationJson(configuration),
    ...(candidacy === undefined ? {} : { votes: [...candidacy.granted], refusals: [...candidacy.refused] }),
    ...(leadership === undefined ? {} : { leadership: leadershipJson(leadership) }),
    ...(incoming === undefined ? {} : { snapshotChunksTaken: incoming.chunksTaken }),
    log: entriesFrom(log, from, ENTRIES_SHOWN).map(entryInWords),
    state: machineJson(server.machine),
  };
}

function configurationJson({ voters, learners, outgoing }: Configuration): Json {
  return { voters, ...(learners.length === 0 ? {} : { learners }), ...(outgoing === undefined ? {} : { outgoing }) };
}

function leadershipJson({ progress, waiting, reads, transfer, catchUp }: Leadership): Json {
  return {
    followers: Object.fromEntries(
      [...progress].map(([peer, { nextIndex, matchIndex, mode, inFlight }]) => [
        peer,
        { nextIndex, matchIndex, mode, inFlight: inFlight.length },
      ]),
    ),
    clientsWaiting: waiting.length + reads.length,
    ...(transfer === undefined ? {} : { handingOverTo: transfer.to }),
    ...(catchUp === undefined ? {} : { bringingUp: catchUp.server }),
  };
}

/** An entry in a few words: `7@3 write x=4`. */
export function entryInWords(entry: Entry): string {
  return `${entry.index}@${entry.term} ${contentInWords(entry)}`;
}

/** What an entry says: `write x=4`, `no-op`. */
export function contentInWords(entry: Entry): string {
  switch (entry.kind) {
    case 'noOp':
      return 'no-op';
    case 'configuration': {
      const { voters, outgoing } = entry.configuration;
      const names = (all: readonly string[]) => all.map((server) => server.replace('server-', '')).join(',');
      return outgoing === undefined ? `servers ${names(voters)}` : `servers ${names(outgoing)} → ${names(voters)}`;
    }
    default: {
      const { operation } = entry.command;
      switch (operation.op) {
        case 'submit':
          return `submit image ${operation.jobId}`;
        case 'complete':
        case 'fail':
          return `${operation.op} card ${operation.position}`;
        case 'write':
          return `write ${operation.key}=${operation.value}`;
        case 'compareAndSet':
          return `set ${operation.key} from ${operation.expected} to ${operation.value}`;
        case 'read':
          return `read ${operation.key}`;
        default:
          return operation.op;
      }
    }
  }
}
