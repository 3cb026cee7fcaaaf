import { compareAddresses } from './addresses.ts';
import { Agenda } from './agenda.ts';
import { type Body, BodyView, copyBody, type Held, newBody, type Timer } from './body.ts';
import { ownDuration, readClock, skewed, trueDuration } from './clock.ts';
import { type CommandHost, performCommand, SCRIPT_ADDRESS } from './commands.ts';
import { Environments } from './environments.ts';
import { FoldRunner } from './fold.ts';
import { type Digest, digestEntry, digestHex, startDigest } from './hash.ts';
import { exhausted, invariant } from './invariant.ts';
import { draw } from './random.ts';
import type {
  Address,
  AwaitedMessage,
  Command,
  Effect,
  Env,
  Fold,
  InFlight,
  Json,
  KernelWorld,
  Message,
  Micros,
  Parameters,
  ProcessEvent,
  Rule,
  ScriptEntry,
  TraceEntry,
  WorldView,
} from './types.ts';
import { streamOf, Ways } from './ways.ts';
import { awaitedBy, blockedBy, decideFate } from './weather.ts';

/** Everything that decides a run, and who listens. Listeners change neither ids nor hash. */
export type SimulationOptions = {
  readonly world: KernelWorld;
  readonly parameters: Parameters;
  /** An integer from 0 to 2³² − 1. */
  readonly seed: number;
  /** Sorted by time; equal times keep their order. */
  readonly script: readonly ScriptEntry[];
  /** The given state, for a world that takes one (`startDisks`). */
  readonly start?: Json | undefined;
  readonly folds?: readonly Fold[];
  /** Called with every trace entry, after the process changed. */
  readonly onEntry?: (entry: TraceEntry) => void;
  /** Keep the running digest of the trace. */
  readonly hash?: boolean;
};

/** A run at one instant: agenda, process data, disks, mailboxes, timers, rules, counters, running digest and folds. */
export type Snapshot = {
  readonly nowMicros: Micros;
  readonly lastEventMicros: Micros;
  readonly eventCount: number;
  readonly scriptIndex: number;
  readonly seq: number;
  readonly lastId: number;
  readonly parameters: Parameters;
  readonly bodies: readonly Body[];
  readonly agenda: readonly Due[];
  readonly flights: ReadonlyMap<number, InFlight>;
  readonly rules: readonly Rule[];
  readonly counters: ReadonlyMap<string, number>;
  readonly digest: Digest | undefined;
  readonly folds: readonly unknown[];
};

type Due = { readonly at: Micros; readonly seq: number } & (
  | { readonly what: 'delivery' }
  | { readonly what: 'timer'; readonly address: Address; readonly name: string }
  | { readonly what: 'sync'; readonly address: Address }
  | { readonly what: 'resume'; readonly address: Address; readonly causeId: number }
  | { readonly what: 'hasten'; readonly address: Address; readonly causeId: number }
);

type Data = { readonly [field: string]: Json | undefined };

/** The cause of what nothing caused: a process's start, a command. */
export const ROOT_CAUSE = 0;

/** Seeds are integers below 2³². */
const SEEDS = 4_294_967_296;

/** Cleared out when at least this many entries are on the agenda and most of them are cancelled ones. */
const AGENDA_SWEEP_SIZE = 1_024;

/** More events than this at one instant are a loop that takes no time: it would hang page and terminal in silence. */
const EVENTS_PER_INSTANT_MOST = 200_000;

/** Starts a run at time 0: everybody boots, in natural order of the addresses, and nothing else has happened yet. */
export function createSimulation(options: SimulationOptions): Simulation {
  return new Simulation(options);
}

/**
 * One run, one event after another, in the order (at, lane, seq) with the script's lane first. It is the only place
 * that performs effects. It routes between processes and knows nothing of what they do.
 */
export class Simulation implements CommandHost {
  readonly world: KernelWorld;
  readonly seed: number;
  readonly view: WorldView;

  private readonly environments: Environments;
  private readonly ways: Ways;
  private readonly folds: FoldRunner;
  private readonly onEntry: ((entry: TraceEntry) => void) | undefined;
  private script: readonly ScriptEntry[];
  private scriptIndex = 0;
  private agenda = new Agenda<Due>();
  private bodies = new Map<Address, Body>();
  private order: readonly Address[] = [];
  private views = new Map<Address, BodyView>();
  private flights = new Map<number, InFlight>();
  private flightList: readonly InFlight[] | undefined;
  private counters = new Map<string, number>();
  private digest: Digest | undefined;
  private now: Micros = 0;
  private lastEvent: Micros = 0;
  private events = 0;
  /** Only a guard, and no part of the run: a restored run may count from anew. */
  private eventsThisInstant = 0;
  private seq = 0;
  private lastId = 0;
  private currentRules: readonly Rule[] = [];
  private currentParameters: Parameters;

  constructor(options: SimulationOptions) {
    invariant(
      Number.isInteger(options.seed) && options.seed >= 0 && options.seed < SEEDS,
      'the seed is not an integer from 0 to 2^32-1',
    );
    this.world = options.world;
    this.seed = options.seed;
    this.script = options.script;
    this.currentParameters = options.parameters;
    this.environments = new Environments(options.seed, (stream) => this.nextDraw(stream));
    this.ways = new Ways(options.world);
    this.folds = new FoldRunner(options.folds ?? []);
    this.onEntry = options.onEntry;
    this.digest = options.hash === true ? startDigest() : undefined;
    this.view = this.makeView();
    this.admit(ROOT_CAUSE, startDisksOf(options));
  }

  /** Simulated now: where the run was advanced to. */
  get nowMicros(): Micros {
    return this.now;
  }

  /** When the last event was executed. A live deed comes after it. */
  get lastEventMicros(): Micros {
    return this.lastEvent;
  }

  /** Events executed so far: deliveries, timers, disk syncs, commands. */
  get eventCount(): number {
    return this.events;
  }

  /** How many trace entries there are so far; their ids are 1 … entryCount. */
  get entryCount(): number {
    return this.lastId;
  }

  /** How many script entries were carried out. */
  get scriptPosition(): number {
    return this.scriptIndex;
  }

  get rules(): readonly Rule[] {
    return this.currentRules;
  }

  get parameters(): Parameters {
    return this.currentParameters;
  }

  /** 16 hexadecimal digits over the whole trace so far; only where the digest was asked for. */
  hash(): string {
    invariant(this.digest !== undefined, 'the digest was not asked for');
    return digestHex(this.digest);
  }

  foldState<S>(id: string): S {
    return this.folds.state(id) as S;
  }

  /** When the next event is due, or undefined where nothing will ever happen again. */
  nextAtMicros(): Micros | undefined {
    const due = this.nextDue();
    const scripted = this.script[this.scriptIndex];
    if (due === undefined) return scripted?.atMicros;
    if (scripted === undefined) return due.at;
    return scripted.atMicros <= due.at ? scripted.atMicros : due.at;
  }

  /** Executes exactly one event; false where there is none. */
  step(): boolean {
    return this.stepUntil(Number.POSITIVE_INFINITY);
  }

  /** Executes all that is due at or before `micros` and stands there. */
  runUntil(micros: Micros): void {
    while (this.stepUntil(micros));
    if (micros > this.now) this.now = micros;
  }

  /** Adds a deed, later than anything executed and not before now, behind the entries of the same moment. */
  schedule(entry: ScriptEntry): void {
    const isLate = entry.atMicros < this.now || (entry.atMicros <= this.lastEvent && this.events > 0);
    invariant(!isLate, 'a deed must come after the last executed event and not before now');
    let place = this.script.length;
    while (place > this.scriptIndex && this.script[place - 1]!.atMicros > entry.atMicros) place--;
    this.script = [...this.script.slice(0, place), entry, ...this.script.slice(place)];
  }

  snapshot(): Snapshot {
    return {
      nowMicros: this.now,
      lastEventMicros: this.lastEvent,
      eventCount: this.events,
      scriptIndex: this.scriptIndex,
      seq: this.seq,
      lastId: this.lastId,
      parameters: this.currentParameters,
      bodies: [...this.bodies.values()].map(copyBody),
      agenda: this.agenda.copy(),
      flights: new Map(this.flights),
      rules: this.currentRules,
      counters: new Map(this.counters),
      digest: this.digest,
      folds: this.folds.copy(),
    };
  }

  /**
   * Goes to where a snapshot was taken. Another script may be given if it agrees with the old one on every entry that
   * the snapshot had carried out; that is how a run branches.
   */
  restore(snapshot: Snapshot, script: readonly ScriptEntry[] = this.script): void {
    this.now = snapshot.nowMicros;
    this.lastEvent = snapshot.lastEventMicros;
    this.events = snapshot.eventCount;
    this.eventsThisInstant = 0;
    this.script = script;
    this.scriptIndex = snapshot.scriptIndex;
    this.seq = snapshot.seq;
    this.lastId = snapshot.lastId;
    this.currentParameters = snapshot.parameters;
    this.bodies = new Map(snapshot.bodies.map((body) => [body.address, copyBody(body)]));
    this.agenda = new Agenda(snapshot.agenda);
    this.flights = new Map(snapshot.flights);
    this.flightList = undefined;
    this.currentRules = snapshot.rules;
    this.counters = new Map(snapshot.counters);
    this.digest = snapshot.digest;
    this.folds.restore(snapshot.folds);
    this.reorder();
  }

  // ————— what commands may do (commands.ts) —————

  emit(kind: string, address: Address, causeId: number, data: Data): number {
    const id = ++this.lastId;
    if (this.digest === undefined && this.onEntry === undefined && !this.folds.hears(kind)) return id;
    const entry: TraceEntry = { id, atMicros: this.now, kind, address, causeId, data };
    if (this.digest !== undefined) this.digest = digestEntry(this.digest, entry);
    this.folds.step(entry, this.view);
    this.onEntry?.(entry);
    return id;
  }

  has(address: Address): boolean {
    return this.bodies.has(address);
  }

  addresses(): readonly Address[] {
    return this.order;
  }

  /** The next draw of a stream that has a counter in the state. */
  nextDraw(stream: string): number {
    const counter = this.counters.get(stream) ?? 0;
    this.counters.set(stream, counter + 1);
    return draw(this.seed, stream, counter);
  }

  /** Volatile state, timers, unfinished disk writes and waiting messages are gone; the disk stays. */
  crash(address: Address, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status === 'crashed') return `${address} is down already`;
    const held = body.mailbox;
    this.setStatus(body, 'crashed');
    body.state = undefined;
    body.timers = new Map();
    body.mailbox = [];
    body.syncs = [];
    body.pausedUntilMicros = undefined;
    const id = this.emit('crashed', address, causeId, {});
    for (const one of held) if (one.what === 'message') this.dropFlight(one.flightSeq, 'recipientDown', id);
    if (body.leaving) this.remove(body, id);
    return undefined;
  }

  /** Boots from what its disk kept. */
  restart(address: Address, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status !== 'crashed') return `${address} is not down`;
    this.setStatus(body, 'up');
    this.boot(body, 'restarted', causeId);
    return undefined;
  }

  /** Handles nothing until `resume`; messages and timers wait. It does not know. */
  pause(address: Address, forMicros: Micros | undefined, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status !== 'up') return `${address} is ${body.status === 'crashed' ? 'down' : 'paused already'}`;
    this.setStatus(body, 'paused');
    body.pausedUntilMicros = forMicros === undefined ? undefined : this.now + forMicros;
    const id = this.emit('paused', address, causeId, { forMicros });
    if (forMicros !== undefined) {
      body.resumeSeq = ++this.seq;
      this.agenda.add({ at: this.now + forMicros, seq: body.resumeSeq, what: 'resume', address, causeId: id });
    }
    return undefined;
  }

  resume(address: Address, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status !== 'paused') return `${address} is not paused`;
    this.setStatus(body, 'up');
    body.pausedUntilMicros = undefined;
    body.resumeSeq = 0;
    const waiting = body.mailbox;
    body.mailbox = [];
    const id = this.emit('resumed', address, causeId, { waited: waiting.length });
    for (const held of waiting) this.handleHeld(body, held, id);
    return undefined;
  }

  skew(
    address: Address,
    offsetMs: number | undefined,
    ratePpm: number | undefined,
    causeId: number,
  ): string | undefined {
    const body = this.bodyAt(address);
    const before = body.clock;
    body.clock = skewed(before, this.now, offsetMs, ratePpm);
    if (body.clock.ratePpm !== before.ratePpm) {
      this.retime(
        body,
        (left) => trueDuration(body.clock, ownDuration(before, left)),
        () => true,
      );
    }
    this.emit('skewed', address, causeId, { offsetMs, ratePpm });
    return undefined;
  }

  /** Stretches work timers and disk writes; protocol timers run on as before. */
  slow(address: Address, factor: number, forMicros: Micros | undefined, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    const before = body.slowFactor;
    body.slowFactor = factor;
    this.stretch(body, (left) => Math.round((left * factor) / before));
    const id = this.emit('slowed', address, causeId, { factor, forMicros });
    body.slowUntilSeq = 0;
    if (forMicros !== undefined) {
      body.slowUntilSeq = ++this.seq;
      this.agenda.add({ at: this.now + forMicros, seq: body.slowUntilSeq, what: 'hasten', address, causeId: id });
    }
    return undefined;
  }

  wipeDisk(address: Address, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status !== 'crashed') return `${address} is not down, and a disk can only be wiped while its owner is`;
    body.disk = undefined;
    this.emit('diskWiped', address, causeId, {});
    return undefined;
  }

  setRules(rules: readonly Rule[]): void {
    this.currentRules = rules;
  }

  /** Loses a message that is on its way, all its copies. */
  dropMessage(messageId: number, causeId: number): string | undefined {
    const seqs = [...this.flights].filter(([, flight]) => flight.id === messageId && !flight.held).map(([seq]) => seq);
    if (seqs.length === 0) return `message ${messageId} is not on its way`;
    for (const seq of seqs) this.dropFlight(seq, 'byHand', causeId);
    return undefined;
  }

  delayMessage(messageId: number, byMicros: Micros, causeId: number): string | undefined {
    const found = [...this.flights].filter(([, flight]) => flight.id === messageId && !flight.held);
    if (found.length === 0) return `message ${messageId} is not on its way`;
    for (const [seq, flight] of found) {
      this.flights.delete(seq);
      this.launch({ ...flight, dueMicros: flight.dueMicros + byMicros });
      this.emit('messageDelayed', flight.to, causeId, { messageId, byMicros });
    }
    return undefined;
  }

  /** Changes a parameter, tells those who listen, and brings or dismisses members of the cast. */
  setParameter(name: string, value: Json, causeId: number): void {
    this.currentParameters = { ...this.currentParameters, [name]: value };
    const id = this.emit('parameterChanged', SCRIPT_ADDRESS, causeId, { name, value });
    const hearers = this.world.parameterHearers(name);
    for (const address of this.order) {
      const body = this.bodies.get(address);
      if (body !== undefined && hearers.includes(body.kind))
        this.tell(body, { type: 'parameterChanged', name }, 'parameterHeard', id, { name });
    }
    this.admit(id);
  }

  /** Hands a command to a process. */
  commandTo(address: Address, command: Command, causeId: number): string | undefined {
    const body = this.bodyAt(address);
    if (body.status === 'crashed') return `${address} is down`;
    this.tell(body, { type: 'commanded', command }, 'commanded', causeId, { command });
    return undefined;
  }

  // ————— the loop —————

  /** Executes the next event if it is due at or before `micros`; false where it is not. */
  private stepUntil(micros: Micros): boolean {
    const due = this.nextDue();
    const scripted = this.script[this.scriptIndex];
    if (scripted !== undefined && (due === undefined || scripted.atMicros <= due.at)) {
      if (scripted.atMicros > micros) return false;
      this.begin(scripted.atMicros);
      this.scriptIndex++;
      this.carryOut(scripted.command);
      return true;
    }
    if (due === undefined || due.at > micros) return false;
    this.agenda.pop();
    this.begin(due.at);
    this.execute(due);
    return true;
  }

  private begin(at: Micros): void {
    if (at > this.lastEvent) this.eventsThisInstant = 0;
    // The sentence is made where it is needed: a text for each event would cost more than the event.
    if (++this.eventsThisInstant > EVENTS_PER_INSTANT_MOST)
      invariant(
        false,
        `time stands still at ${at / 1000} ms: something happens again and again without taking any time`,
      );
    this.now = at;
    this.lastEvent = at;
    this.events++;
  }

  private carryOut(command: Command): void {
    const id = this.emit('commandGiven', SCRIPT_ADDRESS, ROOT_CAUSE, { command });
    const missed = performCommand(this, command, id);
    if (missed !== undefined) this.emit('commandMissed', SCRIPT_ADDRESS, id, { command, reason: missed });
  }

  /** The next agenda entry that still means something; cancelled ones before it are thrown away. */
  private nextDue(): Due | undefined {
    for (;;) {
      const due = this.agenda.peek();
      if (due === undefined || this.isWanted(due)) return due;
      this.agenda.pop();
    }
  }

  private isWanted(due: Due): boolean {
    switch (due.what) {
      case 'delivery':
        return this.flights.has(due.seq);
      case 'timer':
        return this.bodies.get(due.address)?.timers.get(due.name)?.seq === due.seq;
      case 'sync':
        return this.bodies.get(due.address)?.syncs.some((sync) => sync.seq === due.seq) ?? false;
      case 'resume':
        return this.bodies.get(due.address)?.resumeSeq === due.seq;
      case 'hasten':
        return this.bodies.get(due.address)?.slowUntilSeq === due.seq;
      default:
        return exhausted(due);
    }
  }

  private execute(due: Due): void {
    switch (due.what) {
      case 'delivery':
        return this.arrive(due.seq);
      case 'timer':
        return this.timerDue(due);
      case 'sync':
        return this.completeSync(this.bodyAt(due.address), due.seq);
      case 'resume':
        this.resume(due.address, due.causeId);
        return;
      case 'hasten':
        this.slow(due.address, 1, undefined, due.causeId);
        return;
      default:
        exhausted(due);
    }
  }

  private arrive(flightSeq: number): void {
    const flight = this.flights.get(flightSeq);
    invariant(flight !== undefined, 'a message arrived that was not on its way');
    const body = this.bodies.get(flight.to);
    if (body === undefined) return this.dropFlight(flightSeq, 'noSuchRecipient', flight.id);
    const block = this.currentRules.length === 0 ? undefined : blockedBy(this.currentRules, flight.from, flight.to);
    if (block !== undefined) return this.dropFlight(flightSeq, 'cutWhileInFlight', flight.id, block.id);
    if (body.status === 'crashed') return this.dropFlight(flightSeq, 'recipientDown', flight.id);
    if (body.status === 'paused') {
      const held: InFlight = { ...flight, held: true };
      this.flights.set(flightSeq, held);
      this.flightList = undefined;
      body.mailbox.push({ what: 'message', flightSeq, flight: held });
      return;
    }
    this.deliver(body, flightSeq, flight);
  }

  private deliver(body: Body, flightSeq: number, flight: InFlight): void {
    this.flights.delete(flightSeq);
    this.flightList = undefined;
    const { from, message, id } = flight;
    this.handle(body, { type: 'message', from, message }, 'messageDelivered', id, { from, message });
  }

  private timerDue(due: Due & { what: 'timer' }): void {
    const body = this.bodyAt(due.address);
    const timer = body.timers.get(due.name)!;
    if (body.status === 'paused') {
      // It stays in `timers`, so that what is handled before it at resume can still cancel it.
      body.mailbox.push({ what: 'timer', timer });
      return;
    }
    this.fire(body, timer, timer.causeId);
  }

  private fire(body: Body, timer: Timer, causeId: number): void {
    body.timers.delete(timer.name);
    this.handle(body, { type: 'timer', name: timer.name }, 'timerFired', causeId, { name: timer.name });
  }

  private handleHeld(body: Body, held: Held, resumedId: number): void {
    if (this.bodies.get(body.address) !== body || body.status !== 'up') {
      // It left, or was stopped, while its mailbox was being worked off.
      if (held.what === 'message') this.dropFlight(held.flightSeq, 'recipientDown', resumedId);
      return;
    }
    switch (held.what) {
      case 'message':
        return this.deliver(body, held.flightSeq, held.flight);
      case 'timer':
        if (body.timers.get(held.timer.name)?.seq === held.timer.seq) this.fire(body, held.timer, held.timer.causeId);
        return;
      case 'synced':
        return this.afterSync(body, held.then, held.syncedId);
      case 'event':
        return this.handle(body, held.event, held.entryKind, held.causeId, held.data);
      default:
        exhausted(held);
    }
  }

  /** An event that is no message: handled now, or after the pause. */
  private tell(body: Body, event: ProcessEvent, entryKind: string, causeId: number, data: Data): void {
    if (body.status === 'up') this.handle(body, event, entryKind, causeId, data);
    else if (body.status === 'paused') body.mailbox.push({ what: 'event', event, entryKind, causeId, data });
  }

  private handle(body: Body, event: ProcessEvent, entryKind: string, causeId: number, data: Data): void {
    const outcome = body.process.handle(body.state, event, this.envOf(body));
    body.state = outcome.state;
    const id = this.emit(entryKind, body.address, causeId, data);
    this.noteState(body, id);
    if (outcome.effects.length > 0) this.perform(body, outcome.effects, id);
  }

  private noteState(body: Body, causeId: number): void {
    const name = body.process.stateName(body.state);
    if (name === body.stateName) return;
    const from = body.stateName;
    body.stateName = name;
    this.emit('stateEntered', body.address, causeId, { state: name, from });
  }

  private boot(body: Body, entryKind: 'started' | 'restarted', causeId: number): void {
    body.stateName = '';
    const outcome = body.process.boot(body.disk, this.envOf(body));
    body.state = outcome.state;
    const id = this.emit(entryKind, body.address, causeId, { process: body.kind });
    this.noteState(body, id);
    this.perform(body, outcome.effects, id);
  }

  private envOf(body: Body): Env {
    return this.environments.of(body.address, readClock(body.clock, this.now), this.currentParameters);
  }

  // ————— effects —————

  /** Performs effects in their order; whoever left is done, and nothing that follows is performed. */
  private perform(body: Body, effects: readonly Effect[], causeId: number): void {
    let syncedIds: number[] | undefined;
    for (const effect of effects) {
      switch (effect.kind) {
        case 'send':
          this.send(body.address, effect.to, effect.message, causeId);
          break;
        case 'startTimer':
          this.startTimer(body, effect.name, effect.afterMicros, effect.work === true, causeId);
          break;
        case 'cancelTimer':
          body.timers.delete(effect.name);
          break;
        case 'persist': {
          const syncedId = this.persist(body, effect.disk, effect.then, causeId);
          if (this.bodies.get(body.address) !== body) return;
          if (syncedId !== undefined && body.process.hearsDiskSynced === true) {
            syncedIds ??= [];
            syncedIds.push(syncedId);
          }
          break;
        }
        case 'note':
          this.emit(effect.fact.kind, body.address, causeId, dataOfFact(effect.fact));
          break;
        case 'leave':
          this.remove(body, causeId);
          return;
        default:
          exhausted(effect);
      }
    }
    if (syncedIds !== undefined) for (const id of syncedIds) this.hearSynced(body, id);
  }

  private send(from: Address, to: Address, message: Message, causeId: number): void {
    const id = this.emit('messageSent', from, causeId, { to, message });
    const way = this.ways.between(from, to, this.currentParameters);
    const stream = streamOf(way, message);
    let counter = 0;
    if (message.key === undefined && !way.isCertain) {
      counter = this.counters.get(stream) ?? 0;
      this.counters.set(stream, counter + 1);
    }
    const awaited = this.currentRules.length === 0 ? undefined : this.strike(from, to, message, id);
    if (awaited !== undefined && awaited.byMicros === undefined) return;
    const fate = decideFate(this.currentRules, way.weather, from, to, this.seed, stream, counter);
    if ('dropped' in fate) {
      this.emit('messageDropped', to, id, { from, message, messageId: id, reason: fate.dropped, rule: fate.rule });
      return;
    }
    const { delaysMicros } = fate;
    for (let copy = 0; copy < delaysMicros.length; copy++) {
      if (copy > 0) this.emit('messageDuplicated', from, id, { to, messageId: id });
      const dueMicros = this.now + delaysMicros[copy]! + (awaited?.byMicros ?? 0);
      this.launch({ id, copy, from, to, message, sentMicros: this.now, dueMicros, held: false });
    }
  }

  /** A rule that waited for this very message lifts itself and says so, whatever the weather makes of the message then. */
  private strike(from: Address, to: Address, message: Message, messageId: number): AwaitedMessage | undefined {
    const rule = awaitedBy(this.currentRules, from, to, message.kind);
    if (rule === undefined) return undefined;
    const { id, byMicros } = rule;
    this.setRules(this.currentRules.filter((other) => other !== rule));
    if (byMicros !== undefined) this.emit('messageDelayed', to, messageId, { messageId, byMicros, rule: id });
    else this.emit('messageDropped', to, messageId, { from, message, messageId, reason: 'byHand', rule: id });
    return rule;
  }

  private launch(flight: InFlight): void {
    const seq = ++this.seq;
    this.flights.set(seq, flight);
    this.flightList = undefined;
    this.agenda.add({ at: flight.dueMicros, seq, what: 'delivery' });
  }

  private dropFlight(flightSeq: number, reason: string, causeId: number, rule?: string): void {
    const flight = this.flights.get(flightSeq);
    if (flight === undefined) return;
    this.flights.delete(flightSeq);
    this.flightList = undefined;
    const { from, message, id } = flight;
    this.emit('messageDropped', flight.to, causeId, { from, message, messageId: id, reason, rule });
  }

  private startTimer(body: Body, name: string, afterMicros: Micros, work: boolean, causeId: number): void {
    if (!Number.isInteger(afterMicros) || afterMicros < 0)
      invariant(false, `timer ${name} of ${body.address} is not a whole number of microseconds`);
    const own = work ? Math.round(afterMicros * body.slowFactor) : afterMicros;
    this.setTimer(body, name, this.now, this.now + trueDuration(body.clock, own), work, causeId);
  }

  private setTimer(
    body: Body,
    name: string,
    startedMicros: Micros,
    dueMicros: Micros,
    work: boolean,
    causeId: number,
  ): void {
    const seq = ++this.seq;
    body.timers.set(name, { name, startedMicros, dueMicros, work, seq, causeId });
    this.agenda.add({ at: dueMicros, seq, what: 'timer', address: body.address, name });
    if (this.agenda.size >= AGENDA_SWEEP_SIZE && this.agenda.size > 4 * this.liveCount())
      this.agenda.retain((due) => this.isWanted(due));
  }

  private liveCount(): number {
    let count = this.flights.size;
    for (const body of this.bodies.values()) count += body.timers.size + body.syncs.length + 2;
    return count;
  }

  /** Moves the due instants of running timers; those that are due already (and wait for a resume) stay. */
  private retime(body: Body, leftAfter: (leftMicros: Micros) => Micros, concerns: (timer: Timer) => boolean): void {
    for (const timer of [...body.timers.values()]) {
      if (!concerns(timer) || timer.dueMicros <= this.now) continue;
      const due = this.now + leftAfter(timer.dueMicros - this.now);
      this.setTimer(body, timer.name, timer.startedMicros, due, timer.work, timer.causeId);
    }
  }

  /** Moves what is labour and under way: work timers and disk writes, whose order stays. */
  private stretch(body: Body, leftAfter: (leftMicros: Micros) => Micros): void {
    this.retime(body, leftAfter, (timer) => timer.work);
    if (body.syncs.length === 0) return;
    body.syncs = body.syncs.map((sync) => ({
      ...sync,
      seq: ++this.seq,
      due: this.now + leftAfter(sync.due - this.now),
    }));
    for (const { seq, due } of body.syncs) this.agenda.add({ at: due, seq, what: 'sync', address: body.address });
  }

  /** The id of the `diskSynced` entry where the write was durable at once. */
  private persist(body: Body, disk: unknown, then: readonly Effect[], causeId: number): number | undefined {
    const { address, slowFactor } = body;
    const draw = () => this.nextDraw(`disk:${address}`);
    const takes = Math.round(this.world.diskSyncMicros(address, this.currentParameters, draw) * slowFactor);
    if (takes === 0 && body.syncs.length === 0) {
      body.disk = disk;
      const id = this.emit('diskSynced', body.address, causeId, {});
      this.perform(body, then, id);
      return id;
    }
    const last = body.syncs.at(-1)?.due ?? 0;
    const sync = { seq: ++this.seq, due: Math.max(last, this.now + takes), disk, then, causeId };
    body.syncs.push(sync);
    this.agenda.add({ at: sync.due, seq: sync.seq, what: 'sync', address: body.address });
    return undefined;
  }

  private completeSync(body: Body, seq: number): void {
    const sync = body.syncs.shift();
    invariant(sync !== undefined && sync.seq === seq, 'disk writes completed out of order');
    body.disk = sync.disk;
    const id = this.emit('diskSynced', body.address, sync.causeId, {});
    if (body.status === 'paused') body.mailbox.push({ what: 'synced', syncedId: id, then: sync.then });
    else this.afterSync(body, sync.then, id);
  }

  private afterSync(body: Body, then: readonly Effect[], id: number): void {
    this.perform(body, then, id);
    if (body.process.hearsDiskSynced === true) this.hearSynced(body, id);
  }

  private hearSynced(body: Body, syncedId: number): void {
    if (this.bodies.get(body.address) !== body) return;
    this.handle(body, { type: 'diskSynced' }, 'diskSyncHeard', syncedId, {});
  }

  // ————— the cast —————

  /** Brings in who belongs to the cast and is missing; asks who no longer belongs to leave. */
  private admit(causeId: number, disks?: ReadonlyMap<Address, unknown>): void {
    const cast = this.world.cast(this.currentParameters);
    const wanted = new Set(cast.map((member) => member.address));
    const sorted = cast.slice().sort((a, b) => compareAddresses(a.address, b.address));
    const newcomers: Body[] = [];
    for (const { address, kind, process } of sorted) {
      const present = this.bodies.get(address);
      if (present !== undefined) present.leaving = false;
      else {
        const body = newBody(address, kind, process, this.now, disks?.get(address));
        this.bodies.set(address, body);
        newcomers.push(body);
      }
    }
    this.reorder();
    for (const body of newcomers) this.boot(body, 'started', causeId);
    for (const address of this.order) {
      const body = this.bodies.get(address);
      if (body === undefined || wanted.has(address) || body.leaving) continue;
      body.leaving = true;
      if (body.status === 'crashed') this.remove(body, causeId);
      else this.tell(body, { type: 'leaveRequested' }, 'leaveRequested', causeId, {});
    }
  }

  /** It goes. Where the cast has wanted it back in the meantime, it starts anew at once. */
  private remove(body: Body, causeId: number): void {
    if (this.bodies.get(body.address) !== body) return;
    this.bodies.delete(body.address);
    this.reorder();
    const id = this.emit('left', body.address, causeId, {});
    for (const held of body.mailbox) if (held.what === 'message') this.dropFlight(held.flightSeq, 'recipientDown', id);
    body.mailbox = [];
    if (!body.leaving) this.admit(id);
  }

  private reorder(): void {
    this.order = [...this.bodies.keys()].sort(compareAddresses);
    this.views = new Map(this.order.map((address) => [address, new BodyView(this.bodies.get(address)!)]));
  }

  private bodyAt(address: Address): Body {
    const body = this.bodies.get(address);
    if (body === undefined) invariant(false, `nobody is at ${address}`);
    return body;
  }

  private setStatus(body: Body, status: Body['status']): void {
    body.status = status;
    body.statusSinceMicros = this.now;
    if (status !== 'paused') body.resumeSeq = 0;
  }

  private makeView(): WorldView {
    const simulation = this;
    return {
      get nowMicros() {
        return simulation.now;
      },
      get parameters() {
        return simulation.currentParameters;
      },
      addresses: () => this.order,
      process: (address) => this.views.get(address),
      inFlight: () => {
        this.flightList ??= [...this.flights.values()];
        return this.flightList;
      },
      rules: () => this.currentRules,
    };
  }
}

function startDisksOf({ world, parameters, start }: SimulationOptions): ReadonlyMap<Address, unknown> | undefined {
  if (start === undefined) return undefined;
  invariant(world.startDisks !== undefined, `the world ${world.id} takes no given state`);
  return world.startDisks(start, parameters);
}

function dataOfFact(fact: { readonly kind: string; readonly [field: string]: Json | undefined }): Data {
  const { kind: _, ...data } = fact;
  return data;
}
