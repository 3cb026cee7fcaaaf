import type { ComponentType } from 'react';
import { lazyPart } from '../../ui/index.ts';
import type { StageProps } from './StagePanel.tsx';

/**
 * The stage of each world, by the world's id. Each loads on its own: title, question and transport can be read while it
 * is on its way.
 */
export const stages: { readonly [world: string]: ComponentType<StageProps> } = {
  'work-queue': lazyPart<StageProps>('the stage', () => import('./WorkQueueStage.tsx')),
  'replicated-queue': lazyPart<StageProps>('the stage of the cluster', () => import('./RaftStage.tsx')),
  'leader-election': lazyPart<StageProps>('the stage of the election', () => import('./ElectionStage.tsx')),
};
