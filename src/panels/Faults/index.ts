export { Faults } from './Faults.tsx';
