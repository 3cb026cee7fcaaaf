import type { Address, Micros } from '../kernel/types.ts';
import { type Box, centreOf, distanceToBox, type Point } from './box.ts';
import { standOf } from './motion.ts';
import { boxAround } from './outline.ts';
import type { Scene, SceneNode } from './scene.ts';

/** What a finger means. */
export type Picked =
  | { readonly kind: 'item'; readonly id: number }
  | { readonly kind: 'address'; readonly id: Address }
  /** A message by itself, by its trace id. */
  | { readonly kind: 'message'; readonly id: number };

/** A message without an image counts as so large, in units. */
const MESSAGE_SIDE = 12;

/**
 * What is nearest to a point, at most `reachPx` away. What lies under the point goes first: something on its way, then
 * a card in line, then a node. A worker and the card in it are one: the worker is meant, and its menu names the image.
 */
export function pick(scene: Scene, viewMicros: Micros, point: Point, reachPx: number): Picked | undefined {
  let best: Picked | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  const consider = (picked: Picked, box: Box): void => {
    const distance = distanceToBox(point, box);
    if (distance < bestDistance && distance <= reachPx) {
      best = picked;
      bestDistance = distance;
    }
  };
  for (const mover of scene.movers) {
    const stand = standOf(mover, viewMicros);
    const { itemId, messageId } = mover;
    const picked: Picked | undefined =
      itemId !== undefined
        ? { kind: 'item', id: itemId }
        : messageId !== undefined
          ? { kind: 'message', id: messageId }
          : undefined;
    if (picked === undefined || stand === undefined || stand.opacity < 0.1) continue;
    const side = MESSAGE_SIDE * scene.unit;
    const { width, height } = mover.card ?? { width: side, height: side };
    consider(picked, boxAround(stand.x, stand.y, width, height));
  }
  if (bestDistance === 0) return best;
  for (const node of scene.nodes) {
    if (node.shape === 'worker') continue;
    for (const card of node.cards) {
      consider({ kind: 'item', id: card.itemId }, boxAround(card.x, card.y, card.width, card.height));
    }
  }
  if (bestDistance === 0) return best;
  for (const node of scene.nodes) consider({ kind: 'address', id: node.address }, node.box);
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The node that an arrow key leads to; undefined at the edge. */
export function neighbourOf(nodes: readonly SceneNode[], from: Address, direction: Direction): Address | undefined {
  const here = nodes.find((node) => node.address === from);
  if (here === undefined) return undefined;
  const at = centreOf(here.box);
  let best: Address | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    if (node === here) continue;
    const there = centreOf(node.box);
    const [dx, dy] = [there.x - at.x, there.y - at.y];
    const along = { left: -dx, right: dx, up: -dy, down: dy }[direction];
    const across = Math.abs(direction === 'left' || direction === 'right' ? dy : dx);
    // Beside means: more along than across, but the next column may stand far higher or lower.
    if (along < 1 || across > along * 3) continue;
    const cost = along + across * 2;
    if (cost < bestCost) {
      best = node.address;
      bestCost = cost;
    }
  }
  return best;
}
