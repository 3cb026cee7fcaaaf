import type { Address, Effect, Env, Json, Message, Process } from '../../../src/kernel/types.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import { leaderElection } from '../../../src/scenarios/worlds/leaderElection/index.ts';

type Fields = { readonly [field: string]: Json | undefined };

/** One process alone on the bench: it is told something, and what it wants done can be read. */
export class Bench {
  private state: unknown;
  private last: readonly Effect[];
  nowMicros = 0;
  /** What its disk would be, once every write is through. */
  disk: unknown;

  constructor(
    private readonly process: Process,
    private readonly address: Address,
    private readonly changed: Fields = {},
    disk?: unknown,
  ) {
    this.disk = disk;
    const outcome = process.boot(disk, this.env());
    this.state = outcome.state;
    this.last = outcome.effects;
    this.write();
  }

  private env(): Env {
    const parameters = { ...defaultsOf(leaderElection), ...this.changed } as Env['parameters'];
    return { address: this.address, nowMicros: this.nowMicros, parameters, random: () => 0.5, fate: () => 0.5 };
  }

  private hear(event: Parameters<Process['handle']>[1]): this {
    const outcome = this.process.handle(this.state, event, this.env());
    this.state = outcome.state;
    this.last = outcome.effects;
    this.write();
    return this;
  }

  private write(): void {
    for (const effect of this.last) if (effect.kind === 'persist') this.disk = effect.disk;
  }

  told(from: Address, kind: string, fields: Fields = {}): this {
    return this.hear({ type: 'message', from, message: { kind, ...fields } });
  }

  timer(name: string): this {
    return this.hear({ type: 'timer', name });
  }

  commanded(verb: string): this {
    return this.hear({ type: 'commanded', command: { do: verb } });
  }

  data<D>(): D {
    return this.process.dataOf(this.state) as D;
  }

  get stateName(): string {
    return this.process.stateName(this.state);
  }

  /** What leaves at once, and what only when the disk has it. */
  effects(): { readonly now: readonly Effect[]; readonly durably: readonly Effect[] } {
    const durably = this.last.flatMap((effect) => (effect.kind === 'persist' ? effect.then : []));
    return { now: this.last.filter((effect) => effect.kind !== 'persist'), durably };
  }

  private all(): readonly Effect[] {
    const { now, durably } = this.effects();
    return [...now, ...durably];
  }

  /** The messages that it sends, with whom they are for. */
  sent(kind?: string): readonly (Message & { readonly to: Address })[] {
    return this.all().flatMap((effect) =>
      effect.kind === 'send' && (kind === undefined || effect.message.kind === kind)
        ? [{ ...effect.message, to: effect.to }]
        : [],
    );
  }

  facts(kind: string): readonly Fields[] {
    return this.all().flatMap((effect) => (effect.kind === 'note' && effect.fact.kind === kind ? [effect.fact] : []));
  }

  /** How long a timer was set to in the last event, in milliseconds; undefined where it was not. */
  timerMs(name: string): number | undefined {
    const started = this.all()
      .filter((effect) => effect.kind === 'startTimer' && effect.name === name)
      .at(-1);
    return started?.kind === 'startTimer' ? started.afterMicros / 1_000 : undefined;
  }

  cancels(name: string): boolean {
    return this.all().some((effect) => effect.kind === 'cancelTimer' && effect.name === name);
  }
}
