export { Queue } from './Queue.tsx';
