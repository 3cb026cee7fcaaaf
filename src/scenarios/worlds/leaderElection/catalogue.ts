import { makeCatalogue } from '../../catalogue.ts';
import { leaderElectionLibrary } from '../../library/leaderElection/index.ts';
import { leaderElection } from './index.ts';

/** The election and its library: what the page loads as one part. */
export const catalogue = makeCatalogue([leaderElection], leaderElectionLibrary);
