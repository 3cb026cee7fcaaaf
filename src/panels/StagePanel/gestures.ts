import type { Address, Command, WorldView } from '../../kernel/types.ts';

/** What someone is doing with the network by hand: choosing sides, or the two ends of a link. */
export type Gesture =
  | { readonly kind: 'split'; readonly sideA: readonly Address[] }
  | { readonly kind: 'cut'; readonly ends: readonly Address[] };

/** After a press on a node: it joins side A or leaves it; of a link, at most two ends are chosen, the latest count. */
export function pressed(gesture: Gesture, address: Address): Gesture {
  if (gesture.kind === 'split') {
    const { sideA } = gesture;
    return {
      kind: 'split',
      sideA: sideA.includes(address) ? sideA.filter((one) => one !== address) : [...sideA, address],
    };
  }
  const { ends } = gesture;
  return {
    kind: 'cut',
    ends: ends.includes(address) ? ends.filter((one) => one !== address) : [...ends.slice(-1), address],
  };
}

/** The letters that the nodes carry meanwhile. */
export function lettersOf(gesture: Gesture, all: readonly Address[]): ReadonlyMap<Address, string> {
  if (gesture.kind === 'cut') return new Map(gesture.ends.map((end, i) => [end, String(i + 1)]));
  return new Map(all.map((address) => [address, gesture.sideA.includes(address) ? 'A' : 'B']));
}

/** The command for a split; undefined while one of the sides is empty. */
export function splitCommand(sideA: readonly Address[], all: readonly Address[]): Command | undefined {
  const chosen = all.filter((address) => sideA.includes(address));
  if (chosen.length === 0 || chosen.length === all.length) return undefined;
  return { do: 'partition', sides: [chosen, ['rest']] };
}

/** The command for a cut between two. `way`: which of them is cut off from the other, or both. */
export function cutCommand([from, to]: readonly Address[], way: 'both' | 'there' | 'back'): Command | undefined {
  if (from === undefined || to === undefined) return undefined;
  if (way === 'both') return { do: 'cut', from, to };
  return way === 'there'
    ? { do: 'cut', from, to, bothWays: false }
    : { do: 'cut', from: to, to: from, bothWays: false };
}

/** The commands that lift what was split and cut by hand or by the script. */
export function mendingCommands(view: WorldView): readonly Command[] {
  const commands: Command[] = [];
  let isSplit = false;
  for (const rule of view.rules()) {
    if (rule.kind === 'partition') isSplit = true;
    else if (rule.kind === 'cut')
      commands.push({ do: 'mend', from: rule.from, to: rule.to, ...(rule.bothWays ? {} : { bothWays: false }) });
  }
  return isSplit ? [{ do: 'heal' }, ...commands] : commands;
}
