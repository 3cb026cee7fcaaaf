import type { Env, Parameters, Process } from '../../kernel/types.ts';
import { producer } from '../workQueue/producer.machine.ts';

/** What the producer of the work queue may be told there and not here: ordinary images, and patience. */
const FIXED: Parameters = {
  burstSize: 5,
  submitTimeoutMs: 5_000,
  submitAttempts: 20,
  itemSize: 'constant',
  poisonProbability: 0,
  poisonItems: [],
};

const completed = new WeakMap<Parameters, Parameters>();

function withFixed(env: Env): Env {
  const { parameters } = env;
  let all = completed.get(parameters);
  if (all === undefined) {
    all = { ...FIXED, ...parameters };
    completed.set(parameters, all);
  }
  return { ...env, parameters: all };
}

/** The producer of the work queue, unchanged, under the parameters that this world has not. */
export const jobProducer: Process = {
  ...(producer as Process),
  boot: (disk, env) => (producer as Process).boot(disk, withFixed(env)),
  handle: (state, event, env) => (producer as Process).handle(state, event, withFixed(env)),
};
