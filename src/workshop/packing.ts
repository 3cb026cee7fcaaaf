import { arrival } from '../ui/index.ts';

/** What unpacks long links and writes all of them: loaded where a link needs it, and beside every room. */
export const packing = arrival(
  'what packs links',
  () => import('../scenarios/linkPacking.ts'),
  ({ unpackLink, writeLink }) => ({ unpackLink, writeLink }),
);
