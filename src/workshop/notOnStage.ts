import { parseAddress } from '../kernel/addresses.ts';
import type { Selection, SessionState } from '../playback/types.ts';
import { spokenFirst } from '../scenarios/names.ts';

/** That a link selects someone who is not on the stage, as a notice; undefined where everyone is there. */
export function notOnStage({ world, frame }: SessionState, selection: Selection): string | undefined {
  if (selection.kind !== 'address' || frame.view.process(selection.id) !== undefined) return undefined;
  const name = spokenFirst(world, selection.id);
  const { kind, number } = parseAddress(selection.id);
  if (number === undefined) return `${name} is not on the stage here.`;
  const count = frame.view.addresses().filter((address) => parseAddress(address).kind === kind).length;
  const words = count === 0 ? 'there are none' : count === 1 ? 'there is only one' : `there are ${count}`;
  return `${name} is not on the stage here: ${words}.`;
}
