import type { World } from '../scenarios/types.ts';
import type { LabWorker } from './pool.ts';
import { type FromWorker, serveJobs, type ToWorker } from './worker.ts';

/** A worker that is none: its jobs run here, one after another. Where no other can be made, and in tests. */
export function createLocalWorker(worldOf: (id: string) => World | undefined): LabWorker {
  let hear: (message: FromWorker) => void = () => {};
  let isStopped = false;
  let line: Promise<void> = Promise.resolve();
  const serve = serveJobs(worldOf, (message) => {
    if (!isStopped) hear(message);
  });
  return {
    post(message: ToWorker) {
      line = line.then(() => {
        if (!isStopped) serve(message);
      });
    },
    listen(onMessage) {
      hear = onMessage;
    },
    stop() {
      isStopped = true;
    },
  };
}
