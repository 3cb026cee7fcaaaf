import { endLeading, lead } from '../coordinator.ts';
import { numberOf } from '../places.ts';
import type { Step } from '../step.ts';
import type { Coordinator, Token } from '../types.ts';
import type { ElectionStrategy } from './strategy.ts';

/** Coordinator 1 leads because someone wrote so into a file. */
const boot: Step<Coordinator> = (coordinator, _, { address, parameters }) =>
  numberOf(address) === 1 ? lead(coordinator, parameters.firstToken as Token, 0) : coordinator;

const stop: Step<Coordinator> = (coordinator) =>
  coordinator.turn === 'leading' ? endLeading(coordinator, 'released') : coordinator;

/** No election: one coordinator leads, and nobody else ever does. */
export const staticLeader: ElectionStrategy = {
  id: 'static',
  sentence: 'Coordinator 1 leads, because it is configured so.',
  boot,
  always: { 'command.stop': stop },
  states: {
    standingBy: { description: 'It is not the one that was configured. It never leads.' },
    campaigning: { description: 'This never happens: there is no election.' },
    leading: { description: 'It leads because it is configured so: it assigns jobs in rounds.' },
    steppedDown: { description: 'This never happens: nothing takes the lead away.' },
  },
};
