export { NodeMenu, type NodeMenuProps } from './NodeMenu.tsx';
export { type NodeAction, nodeActions } from './nodeActions.ts';
