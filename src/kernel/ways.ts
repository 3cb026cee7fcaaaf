import type { Address, KernelWorld, LinkWeather, Message, Parameters } from './types.ts';

/** The way from one address to another, and what is known of it. */
export type Way = {
  readonly from: Address;
  readonly to: Address;
  /** Its ordinary weather under the parameters that it was last asked for. */
  weather: LinkWeather;
  parameters: Parameters;
  /** Nothing is drawn for a message on it: no loss, no duplicates, a constant latency. */
  isCertain: boolean;
  /** The names of its streams, by the kind of message. */
  readonly streams: Map<string, string>;
};

/** Ways that messages took, so that the world is asked, and streams are named, once for many messages. Pure memoisation. */
export class Ways {
  private readonly byEnds = new Map<Address, Map<Address, Way>>();

  constructor(private readonly world: KernelWorld) {}

  between(from: Address, to: Address, parameters: Parameters): Way {
    let fromHere = this.byEnds.get(from);
    if (fromHere === undefined) {
      fromHere = new Map();
      this.byEnds.set(from, fromHere);
    }
    const known = fromHere.get(to);
    if (known !== undefined && known.parameters === parameters) return known;
    const weather = this.world.link(from, to, parameters);
    const { lossProbability, duplicationProbability, latency } = weather;
    const isCertain = !(lossProbability > 0) && !(duplicationProbability > 0) && latency.kind === 'constant';
    if (known !== undefined) {
      Object.assign(known, { weather, parameters, isCertain });
      return known;
    }
    const way: Way = { from, to, weather, parameters, isCertain, streams: new Map() };
    fromHere.set(to, way);
    return way;
  }
}

/** The stream of a message without a key; one with a key has a stream of its own below it. */
export function streamOf({ from, to, streams }: Way, { kind, key }: Message): string {
  let stream = streams.get(kind);
  if (stream === undefined) {
    stream = `link:${from}>${to}:${kind}`;
    streams.set(kind, stream);
  }
  return key === undefined ? stream : `${stream}:${key}`;
}
