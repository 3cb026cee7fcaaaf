import { makeCatalogue } from '../../catalogue.ts';
import { workQueueLibrary } from '../../library/workQueue/index.ts';
import { workQueue } from './index.ts';

/** The work queue and its library: what the page loads as one part. */
export const catalogue = makeCatalogue([workQueue], workQueueLibrary);
