export { Workers } from './Workers.tsx';
