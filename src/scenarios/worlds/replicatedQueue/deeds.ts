import type { Command, CommandOutcome, ProcessView, WorldView } from '../../../kernel/types.ts';
import type { Server } from '../../../protocols/raft/types.ts';
import { leaderOf, resolveRoleOfReplicatedQueue } from './roles.ts';

/** Carries out a command of this world: who is told of it, or why it finds nothing to act on. */
export function performInReplicatedQueue(command: Command, view: WorldView, random: () => number): CommandOutcome {
  const resolve = (target: string): ProcessView | undefined => {
    const address = view.process(target) ? target : resolveRoleOfReplicatedQueue(target, view, random);
    return address === undefined ? undefined : view.process(address);
  };
  switch (command.do) {
    case 'elect':
    case 'transfer':
    case 'addServer':
    case 'removeServer':
      return toTheCluster(command, resolve(command.target as string), view);
    case 'submit':
    case 'read':
    case 'write':
      return toAClient(command, resolve, view);
    default:
      return { missed: `this world has no command ${command.do}` };
  }
}

function toTheCluster(command: Command, target: ProcessView | undefined, view: WorldView): CommandOutcome {
  if (target === undefined) return { missed: `nobody is ${String(command.target)} at this moment` };
  const { address } = target;
  if (target.kind !== 'server') return { missed: `${address} is no server` };
  if (command.do === 'elect') {
    if (target.state === 'leader') return { missed: `${address} leads already` };
    return { deliver: [{ to: address, command: { do: 'elect' } }] };
  }
  const leader = leaderOf(processes(view).filter((process) => process.status !== 'crashed'));
  if (leader === undefined) return { missed: 'nobody leads at this moment' };
  const missed = whyNot(command.do, target, leader);
  if (missed !== undefined) return { missed };
  const told = command.do === 'transfer' ? { do: command.do, to: address } : { do: command.do, server: address };
  return { deliver: [{ to: leader.address, command: told }] };
}

/** Why the leader need not even be asked; undefined where it must decide. */
function whyNot(verb: string, target: ProcessView, leader: ProcessView): string | undefined {
  const { address } = target;
  const { voters, learners } = (leader.data as Server).configuration;
  const isMember = voters.includes(address) || learners.includes(address);
  switch (verb) {
    case 'transfer':
      if (address === leader.address) return `${address} leads already`;
      return voters.includes(address) ? undefined : `${address} has no vote in the cluster`;
    case 'addServer':
      return voters.includes(address) ? `${address} belongs to the cluster already` : undefined;
    default:
      return isMember ? undefined : `${address} does not belong to the cluster`;
  }
}

function toAClient(
  command: Command,
  resolve: (target: string) => ProcessView | undefined,
  view: WorldView,
): CommandOutcome {
  const client = command.client === undefined ? firstClient(view) : resolve(command.client as string);
  if (client === undefined) {
    return { missed: command.client === undefined ? 'there is no client' : `nobody is ${String(command.client)}` };
  }
  if (client.kind !== 'client') return { missed: `${client.address} is no client` };
  const { client: _, at, ...told } = command;
  if (at === undefined) return { deliver: [{ to: client.address, command: told }] };
  const server = resolve(at as string);
  if (server === undefined) return { missed: `nobody is ${String(at)} at this moment` };
  return { deliver: [{ to: client.address, command: { ...told, at: server.address } }] };
}

function processes(view: WorldView): readonly ProcessView[] {
  return view.addresses().map((address) => view.process(address)!);
}

/** The first client that is up; where all are down, the first. */
function firstClient(view: WorldView): ProcessView | undefined {
  const clients = processes(view).filter((process) => process.kind === 'client');
  return clients.find((process) => process.status === 'up') ?? clients[0];
}
