import { microsOfSeconds } from '../src/kernel/index.ts';
import { draw } from '../src/kernel/random.ts';
import { History } from '../src/playback/history.ts';
import { workQueue } from '../src/scenarios/worlds/workQueue/index.ts';
import { BUSY } from './kernel.ts';

const MINUTES = 10;
const LOOKS = 300;

function recording(): History {
  const history = new History({
    world: workQueue.kernel,
    parameters: BUSY,
    seed: 7,
    script: [],
    folds: [...workQueue.watchers, ...workQueue.measures],
    now: () => performance.now(),
  });
  history.advanceTo(microsOfSeconds(MINUTES * 60));
  return history;
}

/** How long a look at a random instant takes, and what the recording costs in memory. */
export function benchHistory(): void {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const history = recording();
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed - before;
  const times: number[] = [];
  for (let k = 0; k < LOOKS; k++) {
    const micros = Math.floor(draw(1, 'bench', k) * history.frontierMicros);
    const start = performance.now();
    history.at(micros);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (p: number) => times[Math.floor(p * (LOOKS - 1))]!.toFixed(1);
  console.log(`history · a recording of ${MINUTES} minutes, ${history.keyframeCount} keyframes`);
  console.log(`  at(random instant)   p50 ${at(0.5)} ms · p95 ${at(0.95)} ms (aim ≤ 16 ms)`);
  const measured =
    globalThis.gc === undefined ? 'not measured (needs --expose-gc)' : `${(held / 1e6).toFixed(1)} MB on the heap`;
  console.log(
    `  memory               keyframes ${(history.bytes / 1e6).toFixed(1)} MB by our own count · ${measured} (aim ≤ 20 MB)`,
  );
}
