import { draw } from './random.ts';
import type { Address, Env, Micros, Parameters } from './types.ts';

/** Streams whose names are remembered for each process; those beyond are named anew at each draw. */
const REMEMBERED_STREAMS = 64;

/**
 * What each process may know besides its state and the event. Its functions are made once for each address, and one
 * object serves a whole instant: events are small, and this is made for every one of them.
 */
export class Environments {
  private readonly last = new Map<Address, Env>();

  constructor(
    private readonly seed: number,
    private readonly nextDraw: (stream: string) => number,
  ) {}

  /** @param nowMicros what the process's own clock reads */
  of(address: Address, nowMicros: Micros, parameters: Parameters): Env {
    const last = this.last.get(address);
    if (last !== undefined && last.nowMicros === nowMicros && last.parameters === parameters) return last;
    const random = last?.random ?? this.randomOf(address);
    const env: Env = { address, nowMicros, parameters, random, fate: this.fate };
    this.last.set(address, env);
    return env;
  }

  private readonly fate = (subject: string): number => draw(this.seed, subject, 0);

  private randomOf(address: Address): (purpose: string) => number {
    const streams = new Map<string, string>();
    return (purpose) => {
      let stream = streams.get(purpose);
      if (stream === undefined) {
        stream = `process:${address}:${purpose}`;
        if (streams.size < REMEMBERED_STREAMS) streams.set(purpose, stream);
      }
      return this.nextDraw(stream);
    };
  }
}
