/** The deterministic world: what the levels above use of it. */
export { addressOf, compareAddresses, parseAddress } from './addresses.ts';
export { TRUE_RATE_PPM } from './clock.ts';
export { SCRIPT_ADDRESS } from './commands.ts';
export { exhausted, InvariantBroken, invariant } from './invariant.ts';
export {
  createSimulation,
  ROOT_CAUSE,
  Simulation,
  type SimulationOptions,
  type Snapshot,
} from './simulation.ts';
export { MICROS_PER_MS, MICROS_PER_SECOND, microsOfMs, microsOfSeconds, msOfMicros } from './time.ts';
export type * from './types.ts';
