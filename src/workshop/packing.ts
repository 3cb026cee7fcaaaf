import { arrival } from '../ui/index.ts';

/** What unpacks and packs the long form of links: loaded when a link needs it, and beside every room. */
export const packing = arrival(
  'what long links are packed with',
  () => import('../scenarios/packing.ts'),
  (module) => module.packing,
);
