import type { Env, ProcessEvent } from '../kernel/types.ts';
import type { MachineEvent } from './acting.ts';

/** The name of a timer that stands for an `after` is this and the type of the event that XState would raise. */
export const AFTER = 'after:';

/** An event of the kernel as a machine hears it: by its own type, with its fields and the environment. */
export function machineEvent(event: ProcessEvent, env: Env): MachineEvent {
  switch (event.type) {
    case 'message':
      return { ...event.message, type: event.message.kind, from: event.from, env };
    case 'timer':
      return event.name.startsWith(AFTER)
        ? { type: event.name.slice(AFTER.length), env }
        : { type: `timer.${event.name.split(':', 1)[0]}`, name: event.name, env };
    case 'commanded':
      return { ...event.command, type: `command.${event.command.do}`, env };
    case 'parameterChanged':
      return { type: 'parameterChanged', name: event.name, env };
    default:
      return { type: event.type, env };
  }
}
