import { worldOf } from '../scenarios/worlds/index.ts';
import { serveJobs, type ToWorker } from './worker.ts';

/* The lab's worker in a browser: new Worker(new URL('../lab/browserWorker.ts', import.meta.url), { type: 'module' }). */

const serve = serveJobs(worldOf, (message) => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<ToWorker>) => serve(event.data));
