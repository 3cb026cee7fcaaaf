import type { ParameterDescription } from '../../../types.ts';
import { clientParameters } from './clients.ts';
import { clusterParameters } from './cluster.ts';
import { networkParameters, unrestParameters } from './network.ts';
import { ruleParameters } from './rules.ts';
import { workerParameters } from './workers.ts';

/** The replicated queue's parameters, in the order of the page. */
export const replicatedQueueParameters: readonly ParameterDescription[] = [
  ...clusterParameters,
  ...networkParameters,
  ...clientParameters,
  ...workerParameters,
  ...ruleParameters,
  ...unrestParameters,
];
