export { Promises } from './Promises.tsx';
