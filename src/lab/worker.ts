import type { Scenario, World } from '../scenarios/types.ts';
import { type Job, runJob, type SweepLine } from './sweep.ts';

/** To a worker: first the scenario, then jobs of it. */
export type ToWorker =
  | { readonly kind: 'open'; readonly scenario: Scenario; readonly hash: boolean }
  | { readonly kind: 'job'; readonly job: Job };

/** From a worker: a finished job, or the reason why it can't be finished. */
export type FromWorker =
  | { readonly kind: 'done'; readonly index: number; readonly line: SweepLine }
  | { readonly kind: 'failed'; readonly because: string };

/** What a worker does with a message, whatever carries the messages. */
export function serveJobs(worldOf: (id: string) => World | undefined, post: (message: FromWorker) => void) {
  let opened: { scenario: Scenario; world: World; hash: boolean } | undefined;
  return (message: ToWorker): void => {
    try {
      if (message.kind === 'open') {
        const world = worldOf(message.scenario.world);
        if (world === undefined) throw new Error(`there is no world ${message.scenario.world}`);
        opened = { scenario: message.scenario, world, hash: message.hash };
        return;
      }
      if (opened === undefined) throw new Error('a job came before its scenario');
      const line = runJob(opened.scenario, message.job, opened.world, opened.hash);
      post({ kind: 'done', index: message.job.index, line });
    } catch (error) {
      const seed = message.kind === 'job' ? `seed ${message.job.seed}: ` : '';
      post({
        kind: 'failed',
        because: seed + (error instanceof Error ? (error.stack ?? error.message) : String(error)),
      });
    }
  };
}
