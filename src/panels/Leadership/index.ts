export { Leadership } from './Leadership.tsx';
