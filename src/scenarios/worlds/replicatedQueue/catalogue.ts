import { makeCatalogue } from '../../catalogue.ts';
import { replicatedQueueLibrary } from '../../library/replicatedQueue/index.ts';
import { replicatedQueue } from './index.ts';

/** The replicated queue and its library: what the page loads as one part. */
export const catalogue = makeCatalogue([replicatedQueue], replicatedQueueLibrary);
