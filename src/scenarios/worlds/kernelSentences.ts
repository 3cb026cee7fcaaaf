import type { Message, TraceEntry } from '../../kernel/types.ts';
import { spoken } from '../names.ts';
import type { CastDescription, ParameterDescription, Sentence } from '../types.ts';

/*
 * What the kernel's own entries mean, in plain sentences: faults, the network, parameters. The same words in all worlds.
 */

type Data = { readonly [field: string]: unknown };

/** How a world speaks of a message that is gone. `about` follows the message's name: " about image 3". */
export type DroppedMessage = {
  readonly level: Sentence['level'];
  readonly words: string;
  readonly about: string;
  readonly itemId?: number | undefined;
};

type Teller = {
  readonly cast: readonly CastDescription[];
  readonly parameters: readonly ParameterDescription[];
  readonly ofMessage: (message: Message, reason: string) => DroppedMessage;
};

/** A sentence from its words: first letter and full stop are added. */
export function say(level: Sentence['level'], text: string, itemId?: unknown): Sentence {
  return { text: `${capital(text)}.`, level, itemId: itemId as number | undefined };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A duration as people say it: "300 ms", "2.5 s". */
export function seconds(ms: unknown): string {
  const value = Number(ms);
  return value < 1000 ? `${Math.round(value)} ms` : `${Math.round(value / 100) / 10} s`;
}

/** Tells the kernel's entries in the names and parameters of a world; undefined for what is not worth a row. */
export function kernelTeller({ cast, parameters, ofMessage }: Teller): (entry: TraceEntry) => Sentence | undefined {
  const described = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const name = (address: unknown) => spoken({ cast }, String(address));
  const labelOf = (parameter: string) => described.get(parameter)?.label ?? parameter;

  return (entry) => {
    const address = name(entry.address);
    const data = entry.data as Data;
    switch (entry.kind) {
      case 'crashed':
        return say('trouble', `${address} is down`);
      case 'restarted':
        return say('milestone', `${address} is up again and remembers only what its disk kept`);
      case 'paused':
        return say('trouble', `${address} is paused and does not know it`);
      case 'resumed':
        return say('milestone', `${address} goes on as if nothing had happened`);
      case 'left':
        return say('milestone', `${address} has left`);
      case 'started':
        return entry.atMicros > 0 ? say('milestone', `${address} joins`) : undefined;
      case 'diskWiped':
        return say('trouble', `the disk of ${address} is wiped`);
      case 'skewed':
        return say('trouble', `the clock of ${address} is changed`);
      case 'slowed':
        return say(
          data.factor === 1 ? 'milestone' : 'trouble',
          data.factor === 1
            ? `${address} works at its usual pace again`
            : `${address} works ${String(data.factor)} times as slowly`,
        );
      case 'parameterChanged':
        return say('deed', `${labelOf(String(data.name))} is set to ${words(data.name, data.value)}`);
      case 'partitioned':
        return say('trouble', splitInWords(data.sides as readonly (readonly string[])[], name));
      case 'healed':
        return say('milestone', 'the network is whole again');
      case 'linkCut':
        return say(
          'trouble',
          `nothing gets from ${name(data.from)} to ${name(data.to)}${data.bothWays === true ? ', nor back' : ''}`,
        );
      case 'linkMended':
        return say('milestone', 'the link is mended');
      case 'linkSlowed': {
        const way = `from ${name(data.from)} to ${name(data.to)}${data.bothWays === true ? ', or back,' : ''}`;
        return say('trouble', `whatever goes ${way} takes ${seconds(Number(data.byMicros) / 1000)} longer`);
      }
      case 'messageAwaited':
        return say('deed', awaited(data));
      case 'messageNotAwaited':
        return say('deed', 'the next message goes its way after all');
      case 'messageDelayed':
        return say('trouble', `a message to ${address} is held up for ${seconds(Number(data.byMicros) / 1000)}`);
      case 'messageDropped':
        return dropped(entry, data);
      case 'commandMissed':
        return say('deed', `nothing happens: ${name(data.reason)}`);
      default:
        return undefined;
    }
  };

  /** A parameter's value as its control shows it. */
  function words(name: unknown, value: unknown): string {
    const parameter = described.get(String(name));
    if (parameter?.kind === 'choice') {
      const chosen = parameter.choices.find((choice) => choice.value === value);
      return chosen === undefined ? String(value) : `“${chosen.label}”`;
    }
    if (parameter?.kind === 'boolean') return value === true ? 'yes' : 'no';
    if (parameter?.kind === 'numbers') return (value as readonly number[]).join(', ') || 'none';
    if (parameter?.kind === 'number') {
      const word = parameter.words?.[Number(value)];
      if (word !== undefined) return `“${word}”`;
      if (parameter.unit === 'ms') return seconds(value);
      if (parameter.unit === 'perSecond') return `${String(value)} a second`;
    }
    return String(value);
  }

  function awaited(data: Data): string {
    const about = data.messageKind === undefined ? '' : ` (${String(data.messageKind)})`;
    const from = data.from === undefined ? '' : ` from ${name(data.from)}`;
    const to = data.to === undefined ? '' : ` to ${name(data.to)}`;
    const fate = data.byMicros === undefined ? 'lost' : `${seconds(Number(data.byMicros) / 1000)} late`;
    return `the next message${about}${from}${to} will be ${fate}`;
  }

  function dropped(entry: TraceEntry, data: Data): Sentence {
    const reason = DROP_REASONS[String(data.reason)] ?? String(data.reason);
    const { level, words: kind, about, itemId } = ofMessage(data.message as Message, String(data.reason));
    return say(
      level,
      `a message (${kind})${about} from ${name(data.from)} to ${name(entry.address)} is gone: ${reason}`,
      itemId,
    );
  }
}

/** "the network is split: server 1 and client 1 apart from the others"; the largest side is the others. */
function splitInWords(sides: readonly (readonly string[])[], name: (address: unknown) => string): string {
  const largest = sides.reduce((most, side) => (side.length > most.length ? side : most));
  const apart = sides.filter((side) => side !== largest && side.length > 0).map((side) => listed(side.map(name)));
  if (apart.length === 0) return 'the network is split';
  return `the network is split: ${apart.join('; ')} apart from the others`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
}

const DROP_REASONS: { readonly [reason: string]: string } = {
  lost: 'lost on the way',
  recipientDown: 'its recipient is down',
  noSuchRecipient: 'its recipient has left',
  partitioned: 'the network is split',
  cut: 'the link is cut',
  cutWhileInFlight: 'the link was cut while it was on its way',
  byHand: 'taken away by hand',
};
