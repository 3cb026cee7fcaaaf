export { LogGrid } from './LogGrid.tsx';
