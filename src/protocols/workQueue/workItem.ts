import { sample } from '../../kernel/distributions.ts';
import type { Env, Micros } from '../../kernel/types.ts';

/** A piece of work with a number that it keeps for life. (`IWorkItem` in the workshop's C# series.) */
export type WorkItem = {
  readonly id: number;
  /** How often it was tried before it was last put into the queue: 0, or more after a redrive. */
  readonly attempts: number;
};

/** What is to be done to an image. */
export type ImageOperation = 'thumbnail' | 'resize' | 'watermark' | 'convert';

/** The job of these workshops: an image that someone uploaded and that must be worked on. */
export type ImageWorkItem = WorkItem & {
  readonly imageName: string;
  /** How much work it is, as a multiple of an ordinary image; the mean over all items is 1. */
  readonly size: number;
  readonly operation: ImageOperation;
  /** It can never succeed (a broken file), whatever the worker does, until the code is mended. */
  readonly poison: boolean;
};

const OPERATIONS: readonly ImageOperation[] = ['thumbnail', 'resize', 'watermark', 'convert'];
const SUBJECTS = ['beach', 'wedding', 'cat', 'passport', 'skyline', 'forest', 'birthday', 'menu', 'team', 'sunset'];

/** Sizes are drawn in millionths, so that a distribution in whole numbers serves. */
const SIZE_UNIT: Micros = 1_000_000;

/** Shape of the heavy tail: with 2.2 the mean is finite and one item in a hundred is about four times the ordinary. */
const HEAVY_TAIL_SHAPE = 2.2;

/**
 * Makes item `id`. Everything about it is the job's own fate (stream `job:<id>:…`), so it is the same under every
 * policy. Parameters: `itemSize`, `poisonProbability`, `poisonItems`.
 */
export function makeImageWorkItem(id: number, env: Env): ImageWorkItem {
  const { parameters } = env;
  const poisonItems = parameters.poisonItems as readonly number[];
  return {
    id,
    attempts: 0,
    imageName: `${SUBJECTS[id % SUBJECTS.length]}-${id}.jpg`,
    size: sizeOf(id, parameters.itemSize as string, env),
    operation: OPERATIONS[id % OPERATIONS.length]!,
    poison: poisonItems.includes(id) || env.fate(`job:${id}:poison`) < (parameters.poisonProbability as number),
  };
}

function sizeOf(id: number, kind: string, env: Env): number {
  const u = () => env.fate(`job:${id}:size`);
  switch (kind) {
    case 'exponential':
      return sample({ kind: 'exponential', meanMicros: SIZE_UNIT }, u) / SIZE_UNIT;
    case 'heavyTailed':
      return sample({ kind: 'pareto', meanMicros: SIZE_UNIT, shape: HEAVY_TAIL_SHAPE }, u) / SIZE_UNIT;
    default:
      return 1;
  }
}

/** Whether attempt `attempt` (from 1) of this job fails by chance. The coin belongs to the job, not to the worker. */
export function attemptFails(id: number, attempt: number, probability: number, env: Env): boolean {
  return probability > 0 && env.fate(`job:${id}:attempt:${attempt}`) < probability;
}
