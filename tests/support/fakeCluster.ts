import {
  createSimulation,
  type KernelWorld,
  microsOfMs,
  type Process,
  type Simulation,
  type TraceEntry,
} from '../../src/kernel/index.ts';
import type { Command } from '../../src/kernel/types.ts';
import { client } from '../../src/protocols/raft/client.machine.ts';
import type { Client } from '../../src/protocols/raft/client.ts';
import { applyCommand, NEW_STATE_MACHINE, type StateMachine } from '../../src/protocols/raft/stateMachine.ts';
import type { ClientReply, ClientRequest } from '../../src/protocols/raft/types.ts';
import { raftWorker } from '../../src/protocols/raft/worker.machine.ts';
import type { RaftWorker } from '../../src/protocols/raft/worker.ts';

/*
 * A cluster as its clients see it, without Raft: each server answers as the test tells it, and all share one state. So a
 * test can lose just this reply or refuse just that request.
 */

/** `apply`: take effect and answer. `applySilently`: take effect, and the reply is lost. `ignore`: neither. */
export type Answer = 'apply' | 'applySilently' | 'ignore' | Partial<ClientReply>;

/** What a server does with the nth request (from 1) that reaches it. */
export type Answering = (nth: number, request: ClientRequest) => Answer;

export const CLIENT_DEFAULTS = {
  servers: 3,
  clients: 1,
  workers: 0,
  linkMs: 10,
  diskSyncMs: 0,
  workload: 'nothing',
  operationIntervalMs: 100,
  operationCount: 0,
  operationsOpenMost: 1,
  delivery: 'exactlyOnce',
  clientTimeoutMs: 200,
  readMode: 'readIndex',
  idempotencyKeys: false,
  processingMs: 100,
  failureProbability: 0,
  pollIntervalMs: 50,
} as const;

export const leads: Answering = () => 'apply';
export const follows =
  (leader?: string): Answering =>
  () => ({ status: 'refused', leader });

/** Servers that are not named are dead: they never answer. */
export type FakeClusterOptions = {
  readonly servers: Readonly<Record<string, Answering>>;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** `to` (client-1 if absent) hears the command; kernel verbs go to the kernel. */
  readonly script?: readonly (Command & { readonly atMs: number })[];
};

/** A run of clients and workers against servers that answer as told. Times are milliseconds of simulated time. */
export class FakeClusterRun {
  readonly entries: TraceEntry[] = [];
  readonly simulation: Simulation;
  machine: StateMachine = NEW_STATE_MACHINE;
  private index = 0;

  constructor({ servers, parameters = {}, script = [] }: FakeClusterOptions) {
    const cluster = this;
    const fakeServer = (answering: Answering): Process<number, never> => ({
      boot: () => ({ state: 0, effects: [] }),
      handle(heard, event, env) {
        if (event.type !== 'message') return { state: heard, effects: [] };
        const request = event.message as unknown as ClientRequest;
        const answer = answering(heard + 1, request);
        const reply = cluster.replyOf(answer, request, event.from, env.nowMicros);
        if (reply === undefined) return { state: heard + 1, effects: [] };
        const key = `${event.message.key}`;
        return {
          state: heard + 1,
          effects: [{ kind: 'send', to: event.from, message: { ...(reply as object), kind: 'reply', key } }],
        };
      },
      stateName: () => 'up',
      dataOf: (heard) => heard,
      inspect: (heard) => heard,
    });
    const world: KernelWorld = {
      id: 'fake-cluster',
      cast: ({ clients, workers, servers: count }) => [
        ...numbered(
          'server',
          count as number,
          (address) => fakeServer(servers[address] ?? (() => 'ignore')) as Process,
        ),
        ...numbered('client', clients as number, () => client as Process),
        ...numbered('worker', workers as number, () => raftWorker as Process),
      ],
      link: (_from, _to, { linkMs }) => ({
        latency: { kind: 'constant', micros: microsOfMs(linkMs as number) },
        lossProbability: 0,
        duplicationProbability: 0,
      }),
      diskSyncMicros: (_, { diskSyncMs }) => microsOfMs(diskSyncMs as number),
      parameterHearers: () => ['client'],
      resolveRole: () => undefined,
      perform: (command) => ({ deliver: [{ to: (command.client as string) ?? 'client-1', command }] }),
    };
    this.simulation = createSimulation({
      world,
      parameters: { ...CLIENT_DEFAULTS, ...parameters } as never,
      seed: 1,
      script: script.map(({ atMs, ...command }) => ({ atMicros: microsOfMs(atMs), command })),
      onEntry: (entry) => this.entries.push(entry),
    });
  }

  private replyOf(
    answer: Answer,
    request: ClientRequest,
    from: string,
    atMicros: number,
  ): Partial<ClientReply> | undefined {
    if (answer === 'ignore') return undefined;
    const { number, session, firstOpenNumber, operation } = request;
    if (typeof answer !== 'string') return { number, ...answer };
    this.index += 1;
    const command = { client: from, number, session, firstOpenNumber, operation, atMicros };
    const bounds = { visibilityTimeoutMicros: microsOfMs(2_000), maxReceiveCount: 3 };
    const { machine, result } = applyCommand(this.machine, { ...command, ...bounds }, this.index);
    this.machine = machine;
    if (answer === 'applySilently') return undefined;
    return result === undefined ? { number, status: 'sessionExpired' } : { number, status: 'ok', result };
  }

  runUntil(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }

  /** The facts of a kind, each with its moment in milliseconds. */
  facts(kind: string): (Record<string, unknown> & { atMs: number; address: string })[] {
    return this.entries
      .filter((entry) => entry.kind === kind)
      .map((entry) => ({ ...entry.data, atMs: entry.atMicros / 1000, address: entry.address }));
  }

  /** The requests that were sent, without registrations, as `server-1 1.1` (number and try). */
  requests(): string[] {
    return this.sent()
      .filter(({ message }) => message.operation.op !== 'register')
      .map(({ to, message }) => `${to} ${message.key}`);
  }

  /** All requests that were sent, registrations too. */
  sent(): { readonly to: string; readonly message: ClientRequest & { key: string }; readonly atMs: number }[] {
    return this.facts('messageSent').filter((fact) => (fact.message as { kind: string }).kind === 'request') as never;
  }

  client(number = 1): Client {
    return this.simulation.view.process(`client-${number}`)!.data as Client;
  }

  worker(number = 1): RaftWorker {
    return this.simulation.view.process(`worker-${number}`)!.data as RaftWorker;
  }

  stateOf(address: string): string {
    return this.simulation.view.process(address)!.state;
  }
}

function numbered(kind: string, count: number, processOf: (address: string) => Process) {
  return Array.from({ length: count }, (_, i) => {
    const address = `${kind}-${i + 1}`;
    return { address, kind, process: processOf(address) };
  });
}
