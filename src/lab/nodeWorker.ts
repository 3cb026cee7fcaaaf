import { parentPort } from 'node:worker_threads';
import { invariant } from '../kernel/invariant.ts';
import { worldOf } from '../scenarios/worlds/index.ts';
import { serveJobs } from './worker.ts';

/* The lab's worker in Node. The command line bundles this file and starts it as a worker thread. */

invariant(parentPort !== null, 'the lab worker was started as a program: expected a worker thread');
const port = parentPort;
port.on(
  'message',
  serveJobs(worldOf, (message) => port.postMessage(message)),
);
