import type { Parameters } from '../../../src/kernel/types.ts';
import { createSession, type Session } from '../../../src/playback/session.ts';
import { defaultsOf } from '../../../src/scenarios/parameters.ts';
import type { ScenarioEntry } from '../../../src/scenarios/types.ts';
import { workQueue } from '../../../src/scenarios/worlds/workQueue/index.ts';

/** A session of the real work queue, paused at an instant. */
export function workQueueSession({
  parameters = {},
  script = [],
  atMs = 0,
}: {
  readonly parameters?: Parameters;
  readonly script?: readonly ScenarioEntry[];
  readonly atMs?: number;
} = {}): Session {
  return createSession({
    world: workQueue,
    scenario: {
      format: 1,
      world: 'work-queue',
      seed: 42,
      untilMs: 60_000,
      speed: 1,
      title: 'A stage for a test',
      parameters: { ...defaultsOf(workQueue), ...parameters },
      script,
    },
    viewMicros: atMs * 1_000,
    now: () => 0,
  });
}
