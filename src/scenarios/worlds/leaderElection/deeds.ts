import { addressOf } from '../../../kernel/addresses.ts';
import type { Command, CommandOutcome, WorldView } from '../../../kernel/types.ts';
import type { Coordinator } from '../../../protocols/election/types.ts';
import { resolveRoleOfLeaderElection } from './roles.ts';

/** Carries out a command of this world: who is told of it, or why it finds nothing to act on. */
export function performInLeaderElection(command: Command, view: WorldView, random: () => number): CommandOutcome {
  if (command.do === 'submit') {
    const producers = view.addresses().filter((address) => view.process(address)!.kind === 'producer');
    const up = producers.find((address) => view.process(address)!.status === 'up');
    return { deliver: [{ to: up ?? addressOf('producer', 1), command }] };
  }
  if (command.do !== 'stop' && command.do !== 'elect') return { missed: `this world has no command ${command.do}` };
  const target = command.target as string;
  const address = view.process(target) ? target : resolveRoleOfLeaderElection(target, view, random);
  const process = address === undefined ? undefined : view.process(address);
  if (process === undefined) return { missed: `nobody is ${target} at this moment` };
  if (process.kind !== 'coordinator') return { missed: `${process.address} is no coordinator` };
  if (process.status === 'crashed') return { missed: `${process.address} is down` };
  if (command.do === 'stop') {
    if (process.status === 'paused') return { missed: `${process.address} is paused and hears nothing` };
    return { deliver: [{ to: process.address, command: { do: 'stop' } }], thenCrash: process.address };
  }
  if ((process.data as Coordinator).isLeading) return { missed: `${process.address} leads already` };
  return { deliver: [{ to: process.address, command: { do: 'elect' } }] };
}
