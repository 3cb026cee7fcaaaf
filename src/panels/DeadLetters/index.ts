export { DeadLetters } from './DeadLetters.tsx';
