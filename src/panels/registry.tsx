import type { ComponentType } from 'react';
import type { World } from '../scenarios/types.ts';
import { lazyPart } from '../ui/index.ts';

/** A panel as rooms offer it: the tab's word and the component. */
export type PanelEntry = { readonly id: string; readonly label: string; readonly Panel: ComponentType };

const WorldPanel = lazyPart('the panels of this world', () => import('./worldPanels.tsx'));

/** A panel that only some world has, and not the first one. */
function worldPanel(id: string, label: string): PanelEntry {
  return { id, label, Panel: () => <WorldPanel id={id} /> };
}

/**
 * Every panel of every world, by the id by which worlds, scenarios and links name it. Each world says which of them it has. All load on their own: stage
 * and transport come first on a slow network.
 */
export const panels: readonly PanelEntry[] = [
  { id: 'controls', label: 'Controls', Panel: lazyPart('the controls', () => import('./Controls/Controls.tsx')) },
  { id: 'faults', label: 'Faults', Panel: lazyPart('the faults', () => import('./Faults/Faults.tsx')) },
  { id: 'promises', label: 'Promises', Panel: lazyPart('the promises', () => import('./Promises/Promises.tsx')) },
  { id: 'queue', label: 'Queue', Panel: lazyPart('the queue', () => import('./Queue/Queue.tsx')) },
  {
    id: 'dead-letters',
    label: 'Dead letters',
    Panel: lazyPart('the dead letters', () => import('./DeadLetters/DeadLetters.tsx')),
  },
  {
    id: 'workers',
    label: 'Workers',
    Panel: lazyPart('the workers', () => import('./Workers/Workers.tsx')),
  },
  {
    id: 'results',
    label: 'Results',
    Panel: lazyPart('the results', () => import('./Results/Results.tsx')),
  },
  {
    id: 'charts',
    label: 'Charts',
    Panel: lazyPart('the charts', () => import('./Charts/Charts.tsx')),
  },
  {
    id: 'log',
    label: 'Log',
    Panel: lazyPart('the log', () => import('./Log/Log.tsx')),
  },
  {
    id: 'story',
    label: 'Item story',
    Panel: lazyPart('the item story', () => import('./ItemStory/ItemStory.tsx')),
  },
  worldPanel('log-grid', 'Log grid'),
  worldPanel('operations', 'Operations'),
  worldPanel('state', 'State'),
  worldPanel('leadership', 'Leadership'),
  worldPanel('ledger', 'Ledger'),
  worldPanel('detector', 'Detector'),
  worldPanel('messages', 'Messages'),
  {
    id: 'inspector',
    label: 'Inspector',
    Panel: lazyPart('the inspector', () => import('./Inspector/Inspector.tsx')),
  },
  {
    id: 'figures',
    label: 'Figures',
    Panel: lazyPart('the figures', () => import('./Figures/Figures.tsx')),
  },
  {
    id: 'script',
    label: 'Deeds',
    Panel: lazyPart('the list of deeds', () => import('./Script/Script.tsx')),
  },
];

export function panelOf(id: string): PanelEntry | undefined {
  return panels.find((panel) => panel.id === id);
}

/** The panels that a world offers, in its order. */
export function panelsOf(world: World): readonly PanelEntry[] {
  return world.panels.flatMap((id) => panelOf(id) ?? []);
}
