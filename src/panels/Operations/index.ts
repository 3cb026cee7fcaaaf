export { Operations } from './Operations.tsx';
