import { replicatedQueueLibrary } from '../../src/scenarios/library/replicatedQueue/index.ts';
import { testLibrary } from '../support/testLibrary.ts';

// Everything at once is no lesson with a point of its own: it is swept over many more seeds.
testLibrary(replicatedQueueLibrary.filter(({ preset }) => preset !== 'chaos-raft'));
