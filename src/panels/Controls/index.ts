export { Controls } from './Controls.tsx';
