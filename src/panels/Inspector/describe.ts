import type { World } from '../../scenarios/types.ts';

const known = new WeakMap<World, Map<string, ReadonlyMap<string, string>>>();

const NONE: ReadonlyMap<string, string> = new Map();

/** The sentences that define a state, the outermost first; the world has them from its machines. */
export function describe(world: World, kind: string, state: string): readonly string[] {
  const kinds = known.get(world) ?? new Map<string, ReadonlyMap<string, string>>();
  known.set(world, kinds);
  const sentences = kinds.get(kind) ?? world.stateSentences?.(kind) ?? NONE;
  kinds.set(kind, sentences);
  const path = state.split('.');
  return path.flatMap((_, depth) => sentences.get(path.slice(0, depth + 1).join('.')) ?? []);
}
