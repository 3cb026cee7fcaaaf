import { compareAddresses } from '../../src/kernel/addresses.ts';
import { createSimulation, type Simulation, type Snapshot } from '../../src/kernel/simulation.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type {
  Address,
  Command,
  Distribution,
  Effect,
  Env,
  Fold,
  InFlight,
  Json,
  KernelWorld,
  Message,
  Micros,
  Outcome,
  Parameters,
  Process,
  ProcessEvent,
  ProcessView,
  Rule,
  ScriptEntry,
  TraceEntry,
} from '../../src/kernel/types.ts';

/** All that a puppet remembers: what reached it, each with the time on its own clock. */
export type PuppetState = { readonly heard: readonly string[]; readonly ownMs: readonly number[] };

/** What a puppet does with an event; an empty list where it just listens. */
export type Reaction = (event: ProcessEvent, env: Env, state: PuppetState) => readonly Effect[];

/** How a puppet differs from one that only does what it is told. */
export type PuppetOptions = {
  readonly onBoot?: (disk: unknown, env: Env) => readonly Effect[];
  readonly on?: Reaction;
  readonly hearsDiskSynced?: boolean;
  /** The name of its state; by default always `present`. */
  readonly stateName?: (state: PuppetState) => string;
};

function wordFor(event: ProcessEvent): string {
  switch (event.type) {
    case 'message':
      return `message ${event.message.kind} from ${event.from}`;
    case 'timer':
      return `timer ${event.name}`;
    case 'parameterChanged':
      return `parameterChanged ${event.name}`;
    default:
      return event.type;
  }
}

/** A process on strings: it performs the effects that `tell` hands it, remembers what it heard, and reacts as asked. */
export function puppet(options: PuppetOptions = {}): Process {
  const process: Process<PuppetState> = {
    boot: (disk, env) => ({ state: { heard: [], ownMs: [] }, effects: options.onBoot?.(disk, env) ?? [] }),
    handle(state, event, env): Outcome<PuppetState, unknown> {
      const next = { heard: [...state.heard, wordFor(event)], ownMs: [...state.ownMs, env.nowMicros / 1000] };
      const told = event.type === 'commanded' ? (event.command.effects as readonly Effect[] | undefined) : undefined;
      return { state: next, effects: [...(told ?? []), ...(options.on?.(event, env, next) ?? [])] };
    },
    stateName: (state) => options.stateName?.(state) ?? 'present',
    dataOf: (state) => state,
    inspect: (state) => ({ heard: state.heard }),
    hearsDiskSynced: options.hearsDiskSynced,
  };
  return process as Process;
}

/** What may be set on a stage; everything has a plain default: links of 10 ms without loss, disks that are instant. */
export type StageOptions = {
  readonly cast: { readonly [address: string]: Process };
  readonly seed?: number;
  readonly latency?: Distribution;
  readonly lossProbability?: number;
  readonly duplicationProbability?: number;
  readonly diskSyncMs?: number;
  readonly parameters?: Parameters;
  /** [atMs, command], sorted. */
  readonly script?: readonly (readonly [number, Command])[];
  readonly folds?: readonly Fold[];
  readonly hash?: boolean;
  /** A given state: the disks with which some of the cast boot, by address. */
  readonly start?: { readonly [address: string]: Json };
  readonly roles?: { readonly [role: string]: KernelWorld['resolveRole'] };
  readonly hearers?: { readonly [parameter: string]: readonly string[] };
  /** Who is there under these parameters; by default everybody in `cast`. */
  readonly present?: (address: Address, parameters: Parameters) => boolean;
};

/** The kind in an address: `worker` for `worker-2`. */
function kindOf(address: Address): string {
  return address.replace(/-\d+$/, '');
}

function worldOf(options: StageOptions): KernelWorld {
  const addresses = Object.keys(options.cast);
  return {
    id: 'stage',
    // Backwards on purpose: the kernel must put them in their natural order itself.
    cast: (parameters) =>
      addresses
        .filter((address) => options.present?.(address, parameters) ?? true)
        .sort((a, b) => compareAddresses(b, a))
        .map((address) => ({ address, kind: kindOf(address), process: options.cast[address]! })),
    link: (_from, _to, parameters) => ({
      latency:
        parameters.latencyMs === undefined
          ? (options.latency ?? { kind: 'constant', micros: 10_000 })
          : { kind: 'constant', micros: microsOfMs(parameters.latencyMs as number) },
      lossProbability: (parameters.lossProbability as number | undefined) ?? options.lossProbability ?? 0,
      duplicationProbability: options.duplicationProbability ?? 0,
    }),
    diskSyncMicros: (_address, parameters) =>
      microsOfMs((parameters.diskSyncMs as number | undefined) ?? options.diskSyncMs ?? 0),
    startDisks: (start) => new Map(Object.entries(start as { readonly [address: string]: Json })),
    parameterHearers: (name) => options.hearers?.[name] ?? [],
    resolveRole: (role, view, random) => options.roles?.[role]?.(role, view, random),
    perform: (command) =>
      command.do === 'tell'
        ? { deliver: [{ to: command.target as string, command }] }
        : { missed: `no such verb: ${command.do}` },
  };
}

/** A trace entry as a test reads it: its moment in milliseconds, and its data beside its address. */
export type Seen = { readonly atMs: number; readonly id: number; readonly causeId: number; readonly kind: string } & {
  readonly [field: string]: Json | undefined;
};

/** Opens a stage: a world of puppets, driven in the words of a director. Deeds happen at the stage's present moment. */
export function stage(options: StageOptions): Stage {
  return new Stage(options);
}

/** See `stage`. Every deed returns the stage, so that a story reads in one breath. */
export class Stage {
  readonly entries: TraceEntry[] = [];
  readonly simulation: Simulation;

  constructor(readonly options: StageOptions) {
    this.simulation = createSimulation({
      world: worldOf(options),
      parameters: options.parameters ?? {},
      seed: options.seed ?? 1,
      script: (options.script ?? []).map(([atMs, command]) => ({ atMicros: microsOfMs(atMs), command })),
      start: options.start,
      folds: options.folds,
      hash: options.hash,
      onEntry: (entry) => this.entries.push(entry),
    });
  }

  // ————— deeds —————

  /** Schedules a command for the present moment; it runs before anything else that is looked at. */
  do(command: Command): this {
    const { simulation } = this;
    const atMicros =
      simulation.eventCount > 0 && simulation.lastEventMicros >= simulation.nowMicros
        ? simulation.lastEventMicros + 1
        : simulation.nowMicros;
    simulation.schedule({ atMicros, command });
    return this;
  }

  /** Has a puppet perform these effects. */
  tell(target: Address, ...effects: readonly Effect[]): this {
    return this.do(telling(target, ...effects));
  }
  crash(target: string): this {
    return this.do({ do: 'crash', target });
  }
  restart(target: string): this {
    return this.do({ do: 'restart', target });
  }
  pause(target: string, forMs?: number): this {
    return this.do({ do: 'pause', target, forMs });
  }
  resume(target: string): this {
    return this.do({ do: 'resume', target });
  }
  skew(target: string, by: { offsetMs?: number; ratePpm?: number }): this {
    return this.do({ do: 'skew', target, ...by });
  }
  slow(target: string, factor: number, forMs?: number): this {
    return this.do({ do: 'slow', target, factor, forMs });
  }
  wipeDisk(target: string): this {
    return this.do({ do: 'wipeDisk', target });
  }
  partition(...sides: readonly (readonly string[])[]): this {
    return this.do({ do: 'partition', sides });
  }
  heal(id?: string): this {
    return this.do({ do: 'heal', id });
  }
  cut(from: string, to: string, bothWays?: boolean): this {
    return this.do({ do: 'cut', from, to, bothWays });
  }
  mend(from: string, to: string, bothWays?: boolean): this {
    return this.do({ do: 'mend', from, to, bothWays });
  }
  set(parameter: string, value: Json): this {
    return this.do({ do: 'set', parameter, value });
  }

  // ————— time —————

  runFor(ms: number): this {
    this.simulation.runUntil(Math.max(this.simulation.nowMicros, this.simulation.lastEventMicros) + microsOfMs(ms));
    return this;
  }
  runUntil(ms: number): this {
    this.simulation.runUntil(microsOfMs(ms));
    return this;
  }
  /** Carries out deeds of this very moment. */
  private settled(): this {
    for (let next = this.simulation.nextAtMicros(); next !== undefined; next = this.simulation.nextAtMicros()) {
      if (next > Math.max(this.simulation.nowMicros, this.simulation.lastEventMicros + 1)) break;
      this.simulation.step();
    }
    return this;
  }

  // ————— what one sees —————

  see(address: Address): ProcessView {
    const seen = this.settled().simulation.view.process(address);
    if (seen === undefined) throw new Error(`nobody is at ${address}`);
    return seen;
  }
  present(): readonly Address[] {
    return this.settled().simulation.view.addresses();
  }
  /** What reached this puppet since it booted. */
  heard(address: Address): readonly string[] {
    return (this.see(address).data as PuppetState).heard;
  }
  disk(address: Address): unknown {
    return this.see(address).disk;
  }
  inFlight(): readonly InFlight[] {
    return this.settled().simulation.view.inFlight();
  }
  rules(): readonly Rule[] {
    return this.settled().simulation.view.rules();
  }
  /** The entries of these kinds so far (all without a kind), with their moments in milliseconds. */
  trace(...kinds: readonly string[]): readonly Seen[] {
    this.settled();
    return this.entries
      .filter((entry) => kinds.length === 0 || kinds.includes(entry.kind))
      .map(({ id, atMicros, kind, address, causeId, data }) => ({
        atMs: atMicros / 1000,
        id,
        kind,
        address,
        causeId,
        ...data,
      }));
  }
  /** The moments, in milliseconds, at which something of this kind happened at this address. */
  moments(kind: string, address?: Address): readonly number[] {
    return this.trace(kind)
      .filter((entry) => address === undefined || entry.address === address)
      .map((entry) => entry.atMs);
  }
  /** Why commands found nothing to act on. */
  misses(): readonly string[] {
    return this.trace('commandMissed').map((entry) => entry.reason as string);
  }
  snapshot(): Snapshot {
    return this.settled().simulation.snapshot();
  }
  restore(snapshot: Snapshot, script?: readonly ScriptEntry[]): this {
    this.simulation.restore(snapshot, script);
    return this;
  }
}

/** The command by which a puppet is told to perform effects, for a script. */
export function telling(target: Address, ...effects: readonly Effect[]): Command {
  return { do: 'tell', target, effects: effects as readonly Json[] };
}

// ————— effects, in short —————

export function send(to: Address, kind: string, more: { readonly [field: string]: Json | undefined } = {}): Effect {
  const message: Message = { kind, ...more };
  return { kind: 'send', to, message };
}
export function timer(name: string, afterMs: number): Effect {
  return { kind: 'startTimer', name, afterMicros: microsOfMs(afterMs) };
}
export function work(name: string, afterMs: number): Effect {
  return { kind: 'startTimer', name, afterMicros: microsOfMs(afterMs), work: true };
}
export function cancel(name: string): Effect {
  return { kind: 'cancelTimer', name };
}
export function persist(disk: unknown, ...then: readonly Effect[]): Effect {
  return { kind: 'persist', disk, then };
}
export function note(kind: string, more: { readonly [field: string]: Json | undefined } = {}): Effect {
  return { kind: 'note', fact: { kind, ...more } };
}
export const leave: Effect = { kind: 'leave' };

/** Milliseconds as the kernel's whole microseconds. */
export function ms(value: number): Micros {
  return microsOfMs(value);
}
