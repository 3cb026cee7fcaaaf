import { Worker } from 'node:worker_threads';
import { createLocalWorker } from '../lab/localWorker.ts';
import type { LabWorker } from '../lab/pool.ts';
import type { FromWorker } from '../lab/worker.ts';
import { worldOf } from '../scenarios/worlds/index.ts';

/**
 * Makes the workers of one sweep. The first is this very thread, which has all code loaded and would only wait; each
 * further one is a worker thread. Between two jobs the thread hears what the others have finished.
 */
export function nodeWorkers(urlOf: () => URL): () => LabWorker {
  let isFirst = true;
  return () => {
    if (!isFirst) return createNodeWorker(urlOf());
    isFirst = false;
    return createLocalWorker(worldOf, setImmediate);
  };
}

/** The lab's worker as a worker thread. */
export function createNodeWorker(url: URL): LabWorker {
  const thread = new Worker(url);
  let isStopped = false;
  return {
    post: (message) => thread.postMessage(message),
    listen(onMessage, onError) {
      thread.on('message', (message: FromWorker) => onMessage(message));
      thread.on('error', (error) => onError(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      thread.on('exit', (status) => {
        if (!isStopped) onError(`a worker thread ended with status ${status}`);
      });
    },
    stop() {
      isStopped = true;
      void thread.terminate();
    },
  };
}
