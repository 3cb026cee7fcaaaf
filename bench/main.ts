import { cpus } from 'node:os';
import { benchHeartbeats } from './heartbeats.ts';
import { benchHistory } from './history.ts';
import { benchKernel } from './kernel.ts';
import { benchRaft } from './raft.ts';
import { benchSweep } from './sweep.ts';

/** Prints the figures of the README, as ratios taken in one run. */
export async function main(_: readonly string[], { workerUrl }: { workerUrl: URL }): Promise<void> {
  console.log(`${cpus()[0]?.model ?? 'unknown processor'} · ${cpus().length} cores · Node ${process.version}\n`);
  benchKernel();
  console.log('');
  benchHeartbeats();
  console.log('');
  benchHistory();
  console.log('');
  benchRaft();
  console.log('');
  await benchSweep(workerUrl);
}
