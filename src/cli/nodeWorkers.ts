import { Worker } from 'node:worker_threads';
import type { LabWorker } from '../lab/pool.ts';
import type { FromWorker } from '../lab/worker.ts';

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
