import { microsOfMs } from './time.ts';
import type { Address, Command, Json, KernelWorld, Micros, Rule, WorldView } from './types.ts';

/** What a command may do to the running world; every verb answers with the reason where it found nothing to act on. */
export interface CommandHost {
  readonly world: KernelWorld;
  readonly view: WorldView;
  readonly rules: readonly Rule[];
  readonly nowMicros: Micros;
  has(address: Address): boolean;
  addresses(): readonly Address[];
  nextDraw(stream: string): number;
  emit(kind: string, address: Address, causeId: number, data: { readonly [field: string]: Json | undefined }): number;
  crash(address: Address, causeId: number): string | undefined;
  restart(address: Address, causeId: number): string | undefined;
  pause(address: Address, forMicros: Micros | undefined, causeId: number): string | undefined;
  resume(address: Address, causeId: number): string | undefined;
  skew(
    address: Address,
    offsetMs: number | undefined,
    ratePpm: number | undefined,
    causeId: number,
  ): string | undefined;
  slow(address: Address, factor: number, forMicros: Micros | undefined, causeId: number): string | undefined;
  wipeDisk(address: Address, causeId: number): string | undefined;
  setRules(rules: readonly Rule[]): void;
  dropMessage(messageId: number, causeId: number): string | undefined;
  delayMessage(messageId: number, byMicros: Micros, causeId: number): string | undefined;
  setParameter(name: string, value: Json, causeId: number): void;
  commandTo(address: Address, command: Command, causeId: number): string | undefined;
}

/** The address under which commands stand in the trace. */
export const SCRIPT_ADDRESS: Address = 'script';

/** Everyone who is not named on another side. */
const REST = 'rest';

/**
 * Carries out one command: the kernel's own verbs (contracts §7) here, all others by the world.
 * Answers the reason where it missed; the run goes on in any case. Fields were checked when the scenario was read.
 */
export function performCommand(host: CommandHost, command: Command, causeId: number): string | undefined {
  switch (command.do) {
    case 'set':
      host.setParameter(command.parameter as string, command.value as Json, causeId);
      return undefined;
    case 'crash':
      return atTarget(host, command, (address) => host.crash(address, causeId));
    case 'restart':
      return atTarget(host, command, (address) => host.restart(address, causeId));
    case 'wipeDisk':
      return atTarget(host, command, (address) => host.wipeDisk(address, causeId));
    case 'pause':
      return atTarget(host, command, (address) => host.pause(address, optionalMicros(command.forMs), causeId));
    case 'resume':
      return atTarget(host, command, (address) => host.resume(address, causeId));
    case 'skew':
      return atTarget(host, command, (address) =>
        host.skew(address, command.offsetMs as number | undefined, command.ratePpm as number | undefined, causeId),
      );
    case 'slow':
      return atTarget(host, command, (address) =>
        host.slow(address, command.factor as number, optionalMicros(command.forMs), causeId),
      );
    case 'partition':
      return partition(host, command, causeId);
    case 'heal':
      return lift(host, causeId, (rule) =>
        command.id === undefined ? rule.kind === 'partition' : rule.id === command.id,
      );
    case 'cut':
    case 'slowLink':
      return changeLink(host, command, command.do, causeId);
    case 'mend':
      return mend(host, command, causeId);
    case 'drop':
      return command.message === undefined
        ? awaitMessage(host, command, causeId)
        : host.dropMessage(command.message as number, causeId);
    case 'delay':
      return command.message === undefined
        ? awaitMessage(host, command, causeId)
        : host.delayMessage(command.message as number, microsOfMs(command.byMs as number), causeId);
    default:
      return byTheWorld(host, command, causeId);
  }
}

function optionalMicros(ms: Json | undefined): Micros | undefined {
  return ms === undefined ? undefined : microsOfMs(ms as number);
}

/** An address as it stands, or the one that a role means at this moment. */
function resolve(host: CommandHost, target: string): Address | undefined {
  if (host.has(target)) return target;
  const resolved = host.world.resolveRole(target, host.view, () => commandDraw(host));
  return resolved !== undefined && host.has(resolved) ? resolved : undefined;
}

function commandDraw(host: CommandHost): number {
  return host.nextDraw(`command:${host.nowMicros}`);
}

function nobody(target: string): string {
  return `nobody is ${target} at this moment`;
}

function atTarget(
  host: CommandHost,
  command: Command,
  act: (address: Address) => string | undefined,
): string | undefined {
  const target = command.target as string;
  const address = resolve(host, target);
  return address === undefined ? nobody(target) : act(address);
}

function partition(host: CommandHost, command: Command, causeId: number): string | undefined {
  const named = command.sides as readonly (readonly string[])[];
  const id = (command.id as string | undefined) ?? freeRuleId(host, 'partition');
  if (host.rules.some((rule) => rule.id === id)) return `there is a rule ${id} already`;
  // Who is named by address is taken before any role chooses.
  const taken = new Set<Address>();
  for (const target of named.flat()) {
    if (!host.has(target)) continue;
    if (taken.has(target)) return `${target} is named twice`;
    taken.add(target);
  }
  const sides: (readonly Address[] | typeof REST)[] = [];
  for (const side of named) {
    if (side.includes(REST)) {
      sides.push(REST);
      continue;
    }
    const members: Address[] = [];
    for (const target of side) {
      const address = host.has(target) ? target : resolveFree(host, target, taken);
      if (address === undefined) return nobody(target);
      if (!host.has(target) && taken.has(address)) return `${target} is ${address}, which is named already`;
      taken.add(address);
      members.push(address);
    }
    sides.push(members);
  }
  const rest = host.addresses().filter((address) => !taken.has(address));
  const full = sides.map((side) => (side === REST ? rest : side));
  host.setRules([...host.rules, { id, kind: 'partition', sides: full }]);
  host.emit('partitioned', SCRIPT_ADDRESS, causeId, { id, sides: full });
  return undefined;
}

/** `any-follower` twice in one partition means two different ones: while it means one who is taken, it is asked again. */
function resolveFree(host: CommandHost, role: string, taken: ReadonlySet<Address>): Address | undefined {
  let address = resolve(host, role);
  for (let attempt = 1; attempt < 64 && address !== undefined && taken.has(address); attempt++)
    address = resolve(host, role);
  return address;
}

/** Both ends of a link as they are now, or the reason why there is none. */
function endsOf(host: CommandHost, command: Command): { readonly from: Address; readonly to: Address } | string {
  const from = resolve(host, command.from as string);
  if (from === undefined) return nobody(command.from as string);
  const to = resolve(host, command.to as string);
  return to === undefined ? nobody(command.to as string) : { from, to };
}

function changeLink(
  host: CommandHost,
  command: Command,
  kind: 'cut' | 'slowLink',
  causeId: number,
): string | undefined {
  const ends = endsOf(host, command);
  if (typeof ends === 'string') return ends;
  const { from, to } = ends;
  if (from === to) return `both ends of the link are ${from} at this moment`;
  const bothWays = command.bothWays !== false;
  const id = freeRuleId(host, kind);
  if (kind === 'cut') {
    host.setRules([...host.rules, { id, kind, from, to, bothWays }]);
    host.emit('linkCut', SCRIPT_ADDRESS, causeId, { id, from, to, bothWays });
  } else {
    const byMicros = microsOfMs(command.byMs as number);
    host.setRules([...host.rules, { id, kind, from, to, byMicros, bothWays }]);
    host.emit('linkSlowed', SCRIPT_ADDRESS, causeId, { id, from, to, byMicros, bothWays });
  }
  return undefined;
}

/** Lifts what was done to a link: cuts and slow-downs. */
function mend(host: CommandHost, command: Command, causeId: number): string | undefined {
  const ends = endsOf(host, command);
  if (typeof ends === 'string') return ends;
  const { from, to } = ends;
  const both = command.bothWays !== false;
  return lift(
    host,
    causeId,
    (rule) =>
      (rule.kind === 'cut' || rule.kind === 'slowLink') &&
      ((rule.from === from && rule.to === to) || (both && rule.from === to && rule.to === from)),
  );
}

/** Waits for the next message of a kind from one to another; who is meant by a role is decided now. */
function awaitMessage(host: CommandHost, command: Command, causeId: number): string | undefined {
  const ends: { from?: Address; to?: Address } = {};
  for (const end of ['from', 'to'] as const) {
    if (command[end] === undefined) continue;
    ends[end] = resolve(host, command[end] as string);
    if (ends[end] === undefined) return nobody(command[end] as string);
  }
  const id = freeRuleId(host, command.do);
  const messageKind = command.kind as string | undefined;
  const byMicros = optionalMicros(command.byMs);
  host.setRules([...host.rules, { id, kind: 'awaitedMessage', messageKind, ...ends, byMicros }]);
  host.emit('messageAwaited', SCRIPT_ADDRESS, causeId, { id, messageKind, ...ends, byMicros });
  return undefined;
}

/** What the trace says when a rule of a kind is lifted by hand. */
const LIFTED: { readonly [kind in Rule['kind']]: string } = {
  partition: 'healed',
  cut: 'linkMended',
  slowLink: 'linkMended',
  awaitedMessage: 'messageNotAwaited',
};

function lift(host: CommandHost, causeId: number, concerns: (rule: Rule) => boolean): string | undefined {
  const lifted = host.rules.filter(concerns);
  if (lifted.length === 0) return 'there is nothing to lift';
  host.setRules(host.rules.filter((rule) => !lifted.includes(rule)));
  for (const rule of lifted) host.emit(LIFTED[rule.kind], SCRIPT_ADDRESS, causeId, { id: rule.id });
  return undefined;
}

function freeRuleId(host: CommandHost, kind: string): string {
  let number = 1;
  while (host.rules.some((rule) => rule.id === `${kind}-${number}`)) number++;
  return `${kind}-${number}`;
}

function byTheWorld(host: CommandHost, command: Command, causeId: number): string | undefined {
  const outcome = host.world.perform(command, host.view, () => commandDraw(host));
  if ('missed' in outcome) return outcome.missed;
  for (const { to, command: told } of outcome.deliver) {
    const missed = host.has(to) ? host.commandTo(to, told, causeId) : nobody(to);
    if (missed !== undefined) return missed;
  }
  return outcome.thenCrash === undefined ? undefined : host.crash(outcome.thenCrash, causeId);
}
