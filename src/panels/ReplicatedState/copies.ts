import type { Address, ProcessStatus, ProcessView, WorldView } from '../../kernel/types.ts';
import type { RaftDisk, Server, StateMachine } from '../../protocols/raft/index.ts';
import { machineJson, queueCounts } from '../../protocols/raft/stateMachine.ts';

/** The columns in which copies are compared. */
export const COLUMNS = ['waiting', 'inFlight', 'done', 'deadLetters', 'values', 'sessions'] as const;
export type Column = (typeof COLUMNS)[number];

/**
 * How a copy stands to the one that has come furthest. `behind`: it has applied less, as copies do. `different`: it has
 * applied as much and says something else, which must never happen.
 */
export type Standing = 'furthest' | 'same' | 'behind' | 'different';

/** What one server's state machine says. */
export type CopyOf = {
  readonly address: Address;
  readonly status: ProcessStatus;
  /** The term that it leads; undefined where it follows. Two may lead, in different terms. */
  readonly ledTerm: number | undefined;
  /** Undefined of a server that is down: memory is gone. */
  readonly machine: StateMachine | undefined;
  readonly lastApplied: number;
  /** Entries between this copy and the furthest one. */
  readonly behind: number;
  readonly standing: Standing;
  /** What each column shows. */
  readonly says: { readonly [column in Column]: string };
  /** Columns that differ from the furthest copy. */
  readonly differing: ReadonlySet<Column>;
  /** Of a server that is down: the last entry of the snapshot on its disk, 0 where there is none. */
  readonly snapshotIndex: number;
};

/** As many values as one row names. */
const VALUES_SHOWN = 4;

/** Every server's copy, held against the one that has applied most. */
export function copiesOf(view: WorldView): readonly CopyOf[] {
  const servers = view.addresses().flatMap((address) => {
    const process = view.process(address);
    return process?.kind === 'server' ? [process] : [];
  });
  let furthest: Server | undefined;
  for (const { data } of servers) {
    const server = data as Server | undefined;
    if (server !== undefined && server.lastApplied > (furthest?.lastApplied ?? -1)) furthest = server;
  }
  return servers.map((process) => copyOf(process, furthest));
}

/** The copy of whoever leads the highest term. */
export function leadersCopy(copies: readonly CopyOf[]): CopyOf | undefined {
  return copies.reduce<CopyOf | undefined>(
    (best, copy) => ((copy.ledTerm ?? -1) > (best?.ledTerm ?? -1) ? copy : best),
    undefined,
  );
}

function copyOf(process: ProcessView, furthest: Server | undefined): CopyOf {
  const { address, status } = process;
  const server = process.data as Server | undefined;
  const snapshotIndex = (process.disk as RaftDisk | undefined)?.log.snapshotIndex ?? 0;
  const says = sayingsOf(server?.machine);
  const best = sayingsOf(furthest?.machine);
  const differing = server === undefined ? [] : COLUMNS.filter((column) => says[column] !== best[column]);
  const lastApplied = server?.lastApplied ?? 0;
  return {
    ...{ address, status, machine: server?.machine, lastApplied, snapshotIndex, says },
    ledTerm: server?.leadership === undefined ? undefined : server.disk.currentTerm,
    behind: (furthest?.lastApplied ?? 0) - lastApplied,
    standing: standingOf(server, furthest),
    differing: new Set(differing),
  };
}

function standingOf(server: Server | undefined, furthest: Server | undefined): Standing {
  if (server === undefined || furthest === undefined) return 'behind';
  if (server === furthest) return 'furthest';
  if (server.lastApplied < furthest.lastApplied) return 'behind';
  return server.machine === furthest.machine || textOf(server.machine) === textOf(furthest.machine)
    ? 'same'
    : 'different';
}

const texts = new WeakMap<StateMachine, string>();

/** All that it says, so that two copies are the same where their texts are. */
function textOf(machine: StateMachine): string {
  const known = texts.get(machine);
  if (known !== undefined) return known;
  const text = JSON.stringify(machineJson(machine));
  texts.set(machine, text);
  return text;
}

function sayingsOf(machine: StateMachine | undefined): CopyOf['says'] {
  if (machine === undefined) {
    return { waiting: '–', inFlight: '–', done: '–', deadLetters: '–', values: '–', sessions: '–' };
  }
  const counts = queueCounts(machine);
  return {
    waiting: String(counts.waiting),
    inFlight: String(counts.inFlight),
    done: String(counts.done),
    deadLetters: String(counts.deadLetters),
    values: valuesInWords(machine),
    sessions: String(machine.sessions.size),
  };
}

function valuesInWords({ values }: StateMachine): string {
  const keys = [...values.keys()].sort();
  const shown = keys.slice(0, VALUES_SHOWN).map((key) => `${key} = ${values.get(key)}`);
  if (keys.length > shown.length) shown.push(`and ${keys.length - shown.length} more`);
  return shown.join(', ') || 'none';
}
