import { expect, test } from 'vitest';
import { runSweep } from '../../src/lab/pool.ts';
import { planSweep, runJob } from '../../src/lab/sweep.ts';
import { type WebWorkerLike, wrapWebWorker } from '../../src/lab/webWorker.ts';
import { type FromWorker, serveJobs } from '../../src/lab/worker.ts';
import { checkScenario } from '../../src/scenarios/schema.ts';
import { belfry, fakeCatalogue } from '../support/fakeWorld.ts';

const checked = checkScenario({ format: 1, preset: 'morning', untilMs: 2_000 }, fakeCatalogue);
if (!checked.ok) throw new Error(checked.problem.sentence);
const plan = planSweep(checked.value, fakeCatalogue, { seeds: { first: 1, last: 6 } });
if (!plan.ok) throw new Error(plan.problem.sentence);

/** A Web Worker's outside; its inside is the lab's own, and whatever passes is copied as a browser copies it. */
class FakeWebWorker extends EventTarget {
  static running = 0;
  private readonly serve = serveJobs(
    () => belfry,
    (message: FromWorker) => {
      this.dispatchEvent(new MessageEvent('message', { data: structuredClone(message) }));
    },
  );
  constructor() {
    super();
    FakeWebWorker.running += 1;
  }
  postMessage(message: Parameters<WebWorkerLike['postMessage']>[0]): void {
    const copy = structuredClone(message);
    void Promise.resolve().then(() => this.serve(copy));
  }
  terminate(): void {
    FakeWebWorker.running -= 1;
  }
}

test('a sweep over Web Workers gives the same lines, and ends them', async () => {
  const lines: unknown[] = [];
  await runSweep(plan.value, {
    createWorker: () => wrapWebWorker(new FakeWebWorker() as unknown as WebWorkerLike),
    workerCount: 3,
    onLine: (line) => {
      lines.push(line);
    },
  });
  expect(lines).toEqual(plan.value.jobs.map((job) => runJob(checked.value, job, belfry, false)));
  expect(FakeWebWorker.running).toBe(0);
});

test('a worker that does not load ends the sweep with a reason', async () => {
  const sweep = runSweep(plan.value, {
    createWorker: () => {
      const worker = new FakeWebWorker();
      void Promise.resolve().then(() => worker.dispatchEvent(new Event('error')));
      worker.postMessage = () => {};
      return wrapWebWorker(worker as unknown as WebWorkerLike);
    },
    workerCount: 1,
    onLine: () => {},
  });
  await expect(sweep).rejects.toThrow('the worker did not load');
});
