import type { Json } from '../../src/kernel/types.ts';
import type { ScenarioEntry } from '../../src/scenarios/types.ts';
import { WatchedRun } from './watchedRun.ts';

/** The leader-election world with some parameters changed, and a script. */
export class ElectionRun extends WatchedRun {
  constructor(parameters: { readonly [name: string]: Json } = {}, script: readonly ScenarioEntry[] = [], seed = 1) {
    super({
      ...{ format: 1, world: 'leader-election', seed, untilMs: 0, parameters, script },
      ...{ title: 'A run for a test', speed: 1 },
    });
  }
}
