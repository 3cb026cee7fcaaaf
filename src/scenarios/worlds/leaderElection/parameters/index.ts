import type { ParameterDescription } from '../../../types.ts';
import { electionParameters } from './election.ts';
import { ruleParameters } from './rules.ts';
import { networkParameters, unrestParameters, workParameters } from './work.ts';

/** The leader-election world's parameters, in the order of the page. */
export const leaderElectionParameters: readonly ParameterDescription[] = [
  ...electionParameters,
  ...ruleParameters,
  ...workParameters,
  ...networkParameters,
  ...unrestParameters,
];
