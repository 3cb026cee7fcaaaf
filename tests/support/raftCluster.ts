import { createSimulation, microsOfMs, type Simulation, type TraceEntry } from '../../src/kernel/index.ts';
import type { Command, Json } from '../../src/kernel/types.ts';
import type { Verdict } from '../../src/promises/promise.ts';
import type { RaftMessage, Server } from '../../src/protocols/raft/index.ts';
import { defaultsOf } from '../../src/scenarios/parameters.ts';
import { toKernelScript } from '../../src/scenarios/scenario.ts';
import type { Scenario, ScenarioEntry } from '../../src/scenarios/types.ts';
import { replicatedQueue } from '../../src/scenarios/worlds/replicatedQueue/index.ts';
import { termsOf } from './raftServer.ts';

export type RaftClusterOptions = {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly start?: Scenario['start'];
  readonly script?: readonly ScenarioEntry[];
  readonly seed?: number;
  /** Keep all that happens, for `facts` and `sent`. */
  readonly remembers?: boolean;
};

/** Five servers on the real kernel and network, with all promises of their world; one client that only does what it is told. */
export function raftCluster(options: RaftClusterOptions = {}): RaftCluster {
  return new RaftCluster(options);
}

type Fact = { readonly atMs: number; readonly address: string } & Readonly<Record<string, unknown>>;

/** A director of the replicated queue's world: deeds happen at the present moment, times are milliseconds of simulated time. */
export class RaftCluster {
  readonly simulation: Simulation;
  readonly entries: TraceEntry[] = [];

  constructor({ parameters, start, script = [], seed = 1, remembers = true }: RaftClusterOptions) {
    const all = { ...defaultsOf(replicatedQueue), workload: 'nothing', ...parameters } as Scenario['parameters'];
    const scenario = { world: replicatedQueue.id, parameters: all, seed, script, untilMs: 0, panels: [], title: '' };
    this.simulation = createSimulation({
      world: replicatedQueue.kernel,
      parameters: all,
      seed,
      script: toKernelScript(scenario as unknown as Scenario, replicatedQueue),
      start,
      folds: replicatedQueue.watchers,
      ...(remembers && { onEntry: (entry: TraceEntry) => this.entries.push(entry) }),
    });
  }

  // ————— deeds —————

  do(command: Command): this {
    const { simulation } = this;
    const isLate = simulation.eventCount > 0 && simulation.lastEventMicros >= simulation.nowMicros;
    const atMicros = isLate ? simulation.lastEventMicros + 1 : simulation.nowMicros;
    simulation.schedule({ atMicros, command });
    simulation.runUntil(atMicros);
    return this;
  }
  crash(...targets: readonly string[]): this {
    for (const target of targets) this.do({ do: 'crash', target });
    return this;
  }
  restart(...targets: readonly string[]): this {
    for (const target of targets) this.do({ do: 'restart', target });
    return this;
  }
  pause(target: string, forMs?: number): this {
    return this.do({ do: 'pause', target, forMs });
  }
  partition(...sides: readonly (readonly string[])[]): this {
    return this.do({ do: 'partition', sides });
  }
  heal(): this {
    return this.do({ do: 'heal' });
  }
  set(parameter: string, value: Json): this {
    return this.do({ do: 'set', parameter, value });
  }
  addServer(target: string): this {
    return this.do({ do: 'addServer', target });
  }
  removeServer(target: string): this {
    return this.do({ do: 'removeServer', target });
  }
  transfer(target: string): this {
    return this.do({ do: 'transfer', target });
  }
  elect(target: string): this {
    return this.do({ do: 'elect', target });
  }
  write(value: number, client = 'client-1', key = 'x'): this {
    return this.do({ do: 'write', client, key, value });
  }
  read(client = 'client-1', key = 'x'): this {
    return this.do({ do: 'read', client, key });
  }

  // ————— time —————

  runFor(ms: number): this {
    const { nowMicros, lastEventMicros } = this.simulation;
    this.simulation.runUntil(Math.max(nowMicros, lastEventMicros) + microsOfMs(ms));
    return this;
  }
  runUntil(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }
  /** Runs until it is so, event by event; fails after `atMostMs`. */
  runUntilItIs(isSo: () => boolean, atMostMs = 10_000): this {
    const endMicros = this.simulation.nowMicros + microsOfMs(atMostMs);
    while (!isSo()) {
      const next = this.simulation.nextAtMicros();
      if (next === undefined || next > endMicros) throw new Error(`it is not so within ${atMostMs} ms`);
      this.simulation.step();
    }
    return this;
  }

  // ————— what one sees —————

  get nowMs(): number {
    return this.simulation.nowMicros / 1_000;
  }
  servers(): readonly string[] {
    return this.simulation.view.addresses().filter((address) => address.startsWith('server-'));
  }
  /** Servers that run and that no partition keeps from the majority’s side is the test’s to say. */
  up(): readonly string[] {
    return this.servers().filter((address) => this.simulation.view.process(address)!.status === 'up');
  }
  server(address: string): Server {
    return this.simulation.view.process(address)!.data as Server;
  }
  /** All that believe to lead. */
  leaders(): readonly string[] {
    return this.up().filter((address) => this.simulation.view.process(address)!.state === 'leader');
  }
  /** Who leads the highest term. */
  leader(): string {
    const leaders = this.leaders().slice();
    leaders.sort((a, b) => this.server(b).disk.currentTerm - this.server(a).disk.currentTerm);
    if (leaders[0] === undefined) throw new Error('nobody leads');
    return leaders[0];
  }
  /** The others than these, in order. */
  others(...these: readonly string[]): readonly string[] {
    return this.servers().filter((address) => !these.includes(address));
  }
  /** By server: the terms of its log. */
  logs(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.up().map((address) => [address, termsOf(this.server(address).disk.log)]));
  }
  values(key = 'x'): readonly (number | undefined)[] {
    return this.up().map((address) => this.server(address).machine.values.get(key));
  }
  facts(kind: string, where: Readonly<Record<string, unknown>> = {}): readonly Fact[] {
    return this.entries
      .filter((one) => one.kind === kind && Object.entries(where).every(([key, value]) => one.data[key] === value))
      .map(({ atMicros, address, data }) => ({ ...data, atMs: atMicros / 1_000, address }));
  }
  /** Messages of a kind that were sent from `sinceMs` on. */
  sent(kind?: RaftMessage['kind'], sinceMs = 0): readonly { readonly message: RaftMessage; readonly to: string }[] {
    return this.facts('messageSent')
      .filter(({ atMs, message }) => atMs >= sinceMs && (kind === undefined || (message as RaftMessage).kind === kind))
      .map((fact) => fact as never);
  }
  /** What clients were told, in order: the status of each operation that ended. */
  answers(): readonly (readonly [number: unknown, status: unknown])[] {
    return this.facts('operationReturned').map(({ number, status }) => [number, status]);
  }

  verdict(id: string): Verdict {
    const watcher = replicatedQueue.watchers.find((one) => one.id === id)!;
    const { nowMicros, view } = this.simulation;
    return watcher.verdict(this.simulation.foldState(id), { atMicros: nowMicros, view });
  }
  /** The promises that are broken, each with the reason. */
  broken(): readonly string[] {
    return replicatedQueue.watchers.flatMap(({ id }) => {
      const verdict = this.verdict(id);
      return verdict.kind === 'broken' ? [`${id}: ${verdict.because}`] : [];
    });
  }
}
