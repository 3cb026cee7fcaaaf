import type { LabWorker } from './pool.ts';
import type { FromWorker, ToWorker } from './worker.ts';

/** The part of a browser's Worker that the lab uses. */
export interface WebWorkerLike {
  postMessage(message: ToWorker): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
  terminate(): void;
}

/** A Web Worker that runs `browserWorker.ts`, as the pool takes it. The page makes it, since only the page may. */
export function wrapWebWorker(worker: WebWorkerLike): LabWorker {
  return {
    post: (message) => worker.postMessage(message),
    listen(onMessage, onError) {
      worker.addEventListener('message', (event) => onMessage(event.data));
      // A worker whose file does not load reports an error without words.
      worker.addEventListener('error', (event) => onError(event.message || 'the worker did not load'));
    },
    stop: () => worker.terminate(),
  };
}
