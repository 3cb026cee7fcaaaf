import { addressOf } from '../../src/kernel/addresses.ts';
import { microsOfMs } from '../../src/kernel/time.ts';
import type {
  Address,
  Distribution,
  Effect,
  Env,
  KernelWorld,
  Outcome,
  Parameters,
  Process,
  ProcessEvent,
  WorldView,
} from '../../src/kernel/types.ts';

/**
 * A small world that uses everything the kernel offers, for laws over generated scenarios: nodes that spread rumours at
 * random, work, write to disk, ask again, and leave when they are asked to.
 */
type Disk = { readonly known: number };
type Node = {
  readonly known: number;
  readonly round: number;
  readonly working: boolean;
  readonly leaving: boolean;
};

/** For the law of streams: one process draws once more at every event, from a stream of this purpose. */
export type ExtraDraw = { readonly of: Address; readonly purpose: string };
/** Hears of every draw: who (`fate` where it is nobody's), for what, and what it was. */
export type DrawListener = (address: Address, purpose: string, value: number) => void;

function node(extra: ExtraDraw | undefined, onDraw: DrawListener | undefined): Process<Node, Disk> {
  const drawing = (env: Env) => (purpose: string) => {
    const value = env.random(purpose);
    onDraw?.(env.address, purpose, value);
    return value;
  };
  const ms = (env: Env, name: string) => microsOfMs(env.parameters[name] as number);

  function chatter(env: Env): Effect<Disk> {
    const afterMicros = Math.round(ms(env, 'chatterMs') * (0.5 + drawing(env)('jitter')));
    return { kind: 'startTimer', name: 'chatter', afterMicros };
  }
  function somebody(env: Env): Address {
    return addressOf('node', 1 + Math.floor(drawing(env)('victim') * (env.parameters.nodes as number)));
  }
  function labour(env: Env): Effect<Disk> {
    return { kind: 'startTimer', name: 'labour', afterMicros: ms(env, 'chatterMs') >> 1, work: true };
  }

  function handle(state: Node, event: ProcessEvent, env: Env): Outcome<Node, Disk> {
    if (extra?.of === env.address) drawing(env)(extra.purpose);
    switch (event.type) {
      case 'timer':
        if (event.name === 'chatter') {
          const round = state.round + 1;
          const key = env.parameters.keyed === true ? `${env.address}.${round}` : undefined;
          const effects: Effect<Disk>[] = [
            { kind: 'send', to: somebody(env), message: { kind: 'rumour', key, known: state.known } },
            { kind: 'startTimer', name: 'patience', afterMicros: ms(env, 'chatterMs') },
            chatter(env),
          ];
          const begins = !state.working && drawing(env)('labour') < 0.4;
          if (begins) effects.push(labour(env));
          return { state: { ...state, round, working: state.working || begins }, effects };
        }
        if (event.name === 'labour') {
          const known = state.known + 1;
          const then: Effect<Disk>[] = [
            { kind: 'note', fact: { kind: 'remembered', known } },
            { kind: 'send', to: somebody(env), message: { kind: 'rumour', known } },
          ];
          const effects: Effect<Disk>[] = [{ kind: 'persist', disk: { known }, then }];
          if (state.leaving) effects.push({ kind: 'leave' });
          return { state: { ...state, known, working: false }, effects };
        }
        return { state, effects: [{ kind: 'note', fact: { kind: 'lostPatience' } }] };
      case 'message': {
        if (event.message.kind === 'thanks') return { state, effects: [{ kind: 'cancelTimer', name: 'patience' }] };
        const known = Math.max(state.known, event.message.known as number);
        const effects: Effect<Disk>[] = known > state.known ? [{ kind: 'persist', disk: { known }, then: [] }] : [];
        const subject = `thanks:${env.address}:${known}`;
        const fate = env.fate(subject);
        onDraw?.('fate', subject, fate);
        if (fate < 0.7) effects.push({ kind: 'send', to: event.from, message: { kind: 'thanks' } });
        return { state: { ...state, known }, effects };
      }
      case 'diskSynced':
        return { state, effects: [{ kind: 'note', fact: { kind: 'slept', nowMicros: env.nowMicros } }] };
      case 'parameterChanged':
        return { state, effects: [chatter(env)] };
      case 'commanded':
        return { state: { ...state, working: true }, effects: [labour(env)] };
      case 'leaveRequested':
        return { state: { ...state, leaving: true }, effects: state.working ? [] : [{ kind: 'leave' }] };
    }
  }

  return {
    boot: (disk, env) => ({
      state: { known: disk?.known ?? 0, round: 0, working: false, leaving: false },
      effects: [{ kind: 'note', fact: { kind: 'booted', known: disk?.known ?? 0 } }, chatter(env)],
    }),
    handle,
    stateName: (state) => (state.working ? 'working' : 'idle'),
    dataOf: (state) => state,
    inspect: (state) => ({ known: state.known }),
    hearsDiskSynced: true,
  };
}

/** The parameters of the gossip world; `latency` names the distribution. */
export const GOSSIP_PARAMETERS: Parameters = {
  nodes: 4,
  chatterMs: 20,
  keyed: false,
  lossProbability: 0.1,
  duplicationProbability: 0.1,
  latency: 'exponential',
  latencyMeanMs: 8,
  diskSyncMs: 3,
};

function latencyOf(parameters: Parameters): Distribution {
  const meanMicros = microsOfMs(parameters.latencyMeanMs as number);
  switch (parameters.latency) {
    case 'uniform':
      return { kind: 'uniform', minMicros: 0, maxMicros: 2 * meanMicros };
    case 'exponential':
      return { kind: 'exponential', meanMicros };
    case 'pareto':
      return { kind: 'pareto', meanMicros, shape: 1.5 };
    case 'logNormal':
      return { kind: 'logNormal', medianMicros: meanMicros, sigma: 1 };
    default:
      return { kind: 'constant', micros: meanMicros };
  }
}

/** The first, in natural order, that is up. */
function oldest(view: WorldView): Address | undefined {
  return view.addresses().find((address) => view.process(address)?.status === 'up');
}

/** A world of `nodes` gossips; see the top. Its own command is `nudge`, its roles `any-node` and `oldest`. */
export function gossipWorld(extra?: ExtraDraw, onDraw?: DrawListener): KernelWorld {
  const process = node(extra, onDraw) as Process;
  return {
    id: 'gossip',
    cast: (parameters) =>
      Array.from({ length: parameters.nodes as number }, (_, i) => ({
        address: addressOf('node', i + 1),
        kind: 'node',
        process,
      })),
    link: (_from, _to, parameters) => ({
      latency: latencyOf(parameters),
      lossProbability: parameters.lossProbability as number,
      duplicationProbability: parameters.duplicationProbability as number,
    }),
    diskSyncMicros: (_address, parameters) => microsOfMs(parameters.diskSyncMs as number),
    startDisks: (known) => new Map(Object.entries(known as object).map(([address, n]) => [address, { known: n }])),
    parameterHearers: (name) => (name === 'chatterMs' ? ['node'] : []),
    resolveRole(role, view, random) {
      if (role === 'any-node') return view.addresses()[Math.floor(random() * view.addresses().length)];
      if (role === 'oldest') return oldest(view);
      return undefined;
    },
    perform: (command) =>
      command.do === 'nudge'
        ? { deliver: [{ to: command.target as string, command }] }
        : { missed: `no such verb: ${command.do}` },
  };
}
