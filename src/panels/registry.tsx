import type { ComponentType } from 'react';
import { Controls } from './Controls/index.ts';
import { Faults } from './Faults/index.ts';
import { Promises } from './Promises/index.ts';

/** A panel as rooms offer it: the tab's word and the component. */
export type PanelEntry = { readonly id: string; readonly label: string; readonly Panel: ComponentType };

/** Every panel, in the order in which rooms offer them. Scenarios and links name them by id. */
export const panels: readonly PanelEntry[] = [
  { id: 'controls', label: 'Controls', Panel: Controls },
  { id: 'faults', label: 'Faults', Panel: Faults },
  { id: 'promises', label: 'Promises', Panel: Promises },
];

export function panelOf(id: string): PanelEntry | undefined {
  return panels.find((panel) => panel.id === id);
}
