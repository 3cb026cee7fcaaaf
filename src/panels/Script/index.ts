export { Script } from './Script.tsx';
