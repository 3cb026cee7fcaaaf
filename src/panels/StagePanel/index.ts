export { StagePanel } from './StagePanel.tsx';
