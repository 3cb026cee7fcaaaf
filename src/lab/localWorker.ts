import type { World } from '../scenarios/types.ts';
import type { LabWorker } from './pool.ts';
import { type FromWorker, serveJobs, type ToWorker } from './worker.ts';

/**
 * A worker that is none: its jobs run here, one after another. Where no other can be made, in tests, and beside others in
 * a thread that would stand idle; `later` must then let that thread hear what came in between two jobs.
 */
export function createLocalWorker(
  worldOf: (id: string) => World | undefined,
  later: (task: () => void) => void = (task) => void Promise.resolve().then(task),
): LabWorker {
  let hear: (message: FromWorker) => void = () => {};
  let isStopped = false;
  const serve = serveJobs(worldOf, (message) => {
    if (!isStopped) hear(message);
  });
  return {
    aheadCount: 1,
    post(message: ToWorker) {
      later(() => {
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
