export { Detector } from './Detector.tsx';
