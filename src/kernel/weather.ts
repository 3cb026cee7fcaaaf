import { sample } from './distributions.ts';
import { exhausted } from './invariant.ts';
import { draw } from './random.ts';
import type { Address, AwaitedMessage, LinkWeather, Micros, Rule } from './types.ts';

/** Room for the draws that one message may need, so that neighbouring counters never share one. */
const DRAWS_PER_MESSAGE = 16;

/** What the weather does to one message: gone with a reason, or one or two copies, each with its delay. */
export type Fate = { readonly dropped: string; readonly rule?: string } | { readonly delaysMicros: readonly Micros[] };

/** The rule that keeps `from` and `to` apart, if any; the first one named wins. */
export function blockedBy(rules: readonly Rule[], from: Address, to: Address): Rule | undefined {
  for (const rule of rules) {
    switch (rule.kind) {
      case 'partition': {
        const a = rule.sides.findIndex((side) => side.includes(from));
        const b = rule.sides.findIndex((side) => side.includes(to));
        if (a >= 0 && b >= 0 && a !== b) return rule;
        break;
      }
      case 'cut':
        if (concernsWay(rule, from, to)) return rule;
        break;
      case 'slowLink':
      case 'awaitedMessage':
        break;
      default:
        exhausted(rule);
    }
  }
  return undefined;
}

function delayedBy(rules: readonly Rule[], from: Address, to: Address): Micros {
  let micros = 0;
  for (const rule of rules) if (rule.kind === 'slowLink' && concernsWay(rule, from, to)) micros += rule.byMicros;
  return micros;
}

function concernsWay(rule: Rule & { kind: 'cut' | 'slowLink' }, from: Address, to: Address): boolean {
  return (rule.from === from && rule.to === to) || (rule.bothWays && rule.from === to && rule.to === from);
}

/** The rule that waits for such a message and was there first, if any. */
export function awaitedBy(
  rules: readonly Rule[],
  from: Address,
  to: Address,
  messageKind: string,
): AwaitedMessage | undefined {
  for (const rule of rules) {
    if (rule.kind !== 'awaitedMessage') continue;
    const isFrom = rule.from === undefined || rule.from === from;
    const isTo = rule.to === undefined || rule.to === to;
    if (isFrom && isTo && (rule.messageKind === undefined || rule.messageKind === messageKind)) return rule;
  }
  return undefined;
}

/**
 * Decides one message's fate in the fixed order of contracts §4: cut and partition, loss, duplication, delay.
 * `subject` and `counter` name the message, so the same message meets the same weather whatever happens elsewhere.
 */
export function decideFate(
  rules: readonly Rule[],
  weather: LinkWeather,
  from: Address,
  to: Address,
  seed: number,
  subject: string,
  counter: number,
): Fate {
  const block = rules.length === 0 ? undefined : blockedBy(rules, from, to);
  if (block !== undefined) return { dropped: block.kind === 'partition' ? 'partitioned' : 'cut', rule: block.id };
  let next = counter * DRAWS_PER_MESSAGE;
  const u = () => draw(seed, subject, next++);
  if (weather.lossProbability > 0 && u() < weather.lossProbability) return { dropped: 'lost' };
  next = counter * DRAWS_PER_MESSAGE + 1;
  const twice = weather.duplicationProbability > 0 && u() < weather.duplicationProbability;
  next = counter * DRAWS_PER_MESSAGE + 2;
  const extra = rules.length === 0 ? 0 : delayedBy(rules, from, to);
  const first = sample(weather.latency, u) + extra;
  if (!twice) return { delaysMicros: [first] };
  next = counter * DRAWS_PER_MESSAGE + 9;
  return { delaysMicros: [first, sample(weather.latency, u) + extra] };
}
