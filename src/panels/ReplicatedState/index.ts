export { ReplicatedState } from './ReplicatedState.tsx';
